/* Names for a screen reader, and the keyboard: the search says what it is, and wide tables can be scrolled by keys. */
(() => {
  const reach = () => {
    document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
    const wide = '.md-typeset__scrollwrap, p:has(> img:is([src*="benchmarks/"], [src*="house.svg"]))';
    for (const one of document.querySelectorAll(wide)) one.tabIndex = 0;
  };
  reach();
  new MutationObserver(reach).observe(document.body, { childList: true, subtree: true });
})();

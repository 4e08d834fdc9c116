/* Names for a screen reader, and the keyboard: the search says what it is, and wide tables can be scrolled by keys. */
(() => {
  const reach = () => {
    document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
    for (const wide of document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])")) wide.tabIndex = 0;
  };
  reach();
  new MutationObserver(reach).observe(document.body, { childList: true, subtree: true });
})();

def render_html(d, page=True): return ""
def render_markdown(d): return ""
def render(d, format="text"): return ""

// Follows the reader's clock between two builds of the site. Every sentence on
// a page is true without this: dates are stated. Three attributes hold an
// instant (RFC 3339):
//
//   data-over    from then on the element is hidden
//   data-from    from then on the element is shown
//   data-until   from then on the element says what data-then holds
(() => {
  "use strict";
  const longest = 0x7fffffff; // what setTimeout can wait, about 24 days

  const follow = () => {
    const now = Date.now();
    let next = Infinity;
    const passed = (name, act) => {
      for (const element of document.querySelectorAll(`[data-${name}]`)) {
        const at = Date.parse(element.dataset[name]);
        if (at <= now) act(element);
        else if (at < next) next = at;
      }
    };
    passed("over", (element) => { element.hidden = true; });
    // A heading with nothing left below it goes too.
    for (const part of document.querySelectorAll(".group, .deadlines")) {
      const items = [...part.querySelectorAll("li[data-over]")];
      if (items.length > 0 && items.every((item) => item.hidden)) part.hidden = true;
    }
    passed("from", (element) => { element.hidden = false; });
    passed("until", (element) => { element.textContent = element.dataset.then; });
    if (next < Infinity) setTimeout(follow, Math.min(next - now + 500, longest));
  };

  follow();
  // A page that comes back from the browser's memory may be days old.
  addEventListener("pageshow", (event) => { if (event.persisted) follow(); });
})();

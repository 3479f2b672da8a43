// Measures a page in a window of the present width: the elements that stick
// out of it sideways, and the targets for pointers that are too small
// (WCAG 2.2, criteria 1.4.10 and 2.5.8).
() => {
  const least = 24;

  function describe(element) {
    return element.outerHTML.replace(/\s+/g, " ").slice(0, 160);
  }

  function scrolls(element) {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  }

  function hidden(element) {
    return !element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: false }) ||
      element.closest(".visually-hidden, .skip-link") !== null;
  }

  // A link in running text is as tall as its line, and may be.
  function inRunningText(element) {
    if (!getComputedStyle(element).display.startsWith("inline")) return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    const words = document.createRange();
    words.selectNodeContents(block);
    const links = [...block.querySelectorAll("a")].map((link) => link.innerText).join("");
    return words.toString().replace(/\s/g, "").length > links.replace(/\s/g, "").length;
  }

  const sticking = [];
  if (document.documentElement.scrollWidth > innerWidth) {
    for (const element of document.body.querySelectorAll("*")) {
      const box = element.getBoundingClientRect();
      if (box.right > innerWidth + 0.5 && !scrolls(element) && !hidden(element)) sticking.push(describe(element));
    }
    if (sticking.length === 0) sticking.push("the page, for no one element");
  }

  const small = [];
  for (const target of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
    if (hidden(target) || inRunningText(target)) continue;
    const box = target.getBoundingClientRect();
    if (Math.min(box.width, box.height) < least) {
      small.push(`${box.width.toFixed(1)} by ${box.height.toFixed(1)} pixels: ${describe(target)}`);
    }
  }
  return { width: document.documentElement.scrollWidth, sticking: sticking.slice(0, 5), small };
}

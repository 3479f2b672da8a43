// Says how the page is drawn in the medium and with the settings of the moment.
() => {
  const style = (selector) => {
    const element = document.querySelector(selector);
    return element && getComputedStyle(element);
  };
  const shown = (selector) => {
    const element = document.querySelector(selector);
    return element !== null && element.checkVisibility();
  };
  const line = (link) => getComputedStyle(link).borderBottomColor;
  const links = [...document.querySelectorAll(".menu a")];
  return {
    heading: shown("main h1"),
    text: shown("main .prose p"),
    menu: shown(".menu"),
    follow: shown(".neighbours, .related"),
    ink: style("body").color,
    paper: style("html").backgroundColor,
    scrolling: style("html").scrollBehavior,
    // The entry of the menu that the reader is in has a line of its own.
    current: links.filter((link) => link.hasAttribute("aria-current")).map(line),
    others: links.filter((link) => !link.hasAttribute("aria-current")).map(line),
  };
}

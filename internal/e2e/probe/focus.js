// Describes the element that has the focus, and how the focus shows
// (WCAG 2.2, criteria 2.4.7, 2.4.11 and 1.4.11).
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return { html: "", fault: "nothing has the focus" };

  const style = getComputedStyle(element);
  const html = element.outerHTML.replace(/\s+/g, " ").slice(0, 160);
  const box = element.getClientRects()[0];

  function channels(colour) {
    const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return context.getImageData(0, 0, 1, 1).data;
  }

  function luminance(colour) {
    const [r, g, b] = [...channels(colour)].slice(0, 3).map((value) => {
      value /= 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  // The outline is drawn around the element, on what is behind it.
  function ground() {
    for (let up = element.parentElement; up; up = up.parentElement) {
      const colour = getComputedStyle(up).backgroundColor;
      if (channels(colour)[3] === 255) return colour;
    }
    return "white";
  }

  function fault() {
    if (!box || box.width < 1 || box.height < 1) return "it has no size";
    if (!element.matches(":focus-visible")) return "the focus does not show";
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return "it has no outline";
    const behind = ground();
    if (contrast(style.outlineColor, behind) < 3) return `its outline ${style.outlineColor} is faint on ${behind}`;
    if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) return "it is outside the window";
    const on = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2);
    if (!on || !(element.contains(on) || on.contains(element))) return "something covers it";
    return "";
  }

  return { html, skip: element.getAttribute("href") === "#main", fault: fault() };
}

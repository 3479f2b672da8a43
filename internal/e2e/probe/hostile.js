// Says in words what has run on a page, or could: nothing, it is to be hoped.
() => {
  const found = [];
  if (window.__pwned !== undefined) found.push("a script has run");
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on")) found.push(`${element.localName} ${name}=${value}`);
      if (!["href", "src", "action", "formaction", "data", "xlink:href"].includes(name)) continue;
      const { protocol } = new URL(value, document.baseURI);
      if (!["http:", "https:", "mailto:", "tel:", "sms:", "webcal:"].includes(protocol)) found.push(`${element.localName} ${name}=${value}`);
    }
  }
  for (const script of document.scripts) {
    if (script.type !== "application/ld+json" && new URL(script.src, document.baseURI).origin !== location.origin) found.push(`a script of ${script.src}`);
    if (!script.src && script.type !== "application/ld+json") found.push("a script in the page");
    if (script.type === "application/ld+json") JSON.parse(script.text);
  }
  for (const name of ["iframe", "object", "embed", "base", "form", "svg", "math"]) {
    if (document.querySelector(name)) found.push(`an element ${name}`);
  }
  if (document.querySelectorAll("main").length !== 1 || document.querySelectorAll("title").length !== 1) found.push("another outline");
  return found.join("; ");
}

// Weighs the page that has just been loaded: what came over the wire without
// pictures, and how much of it moved after it was first seen (WICG Layout
// Instability; 0 is a page in which nothing jumps).
() => new Promise((resolve) => {
  let shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });

  // There is always one entry of this type. Observers are told in the order in
  // which they were made, so the shifts have been counted by then.
  new PerformanceObserver((list) => {
    const resources = performance.getEntriesByType("resource");
    const sum = (entries, size) => entries.reduce((total, entry) => total + entry[size], 0);
    const ending = (end) => resources.filter((entry) => new URL(entry.name).pathname.endsWith(end));
    resolve({
      bytes: sum([...list.getEntries(), ...ending(".css"), ...ending(".js")], "encodedBodySize"),
      styles: sum(ending(".css"), "decodedBodySize"),
      scripts: sum(ending(".js"), "decodedBodySize"),
      sheets: document.styleSheets.length,
      shift,
    });
  }).observe({ type: "navigation", buffered: true });
})

// Looks at the pictures of a page: those that have no room reserved, and those
// that were fetched much larger than they are shown. It also adds up how far
// things moved while the page loaded (https://web.dev/articles/cls).
async () => {
  const pictures = [...document.images];
  for (const picture of pictures) picture.loading = "eager";
  await Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
  let shift = 0;
  await new Promise((done) => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => setTimeout(done, 50));
  });
  const name = (picture) => picture.getAttribute("src");
  return {
    count: pictures.length,
    offered: pictures.filter((picture) => picture.srcset).length,
    unsized: pictures.filter((picture) => !picture.getAttribute("width") || !picture.getAttribute("height")).map(name),
    // The smallest copy is 400 pixels wide, and from one to the next it is at most twice that.
    wasteful: pictures.filter((picture) => {
      const width = Number(/-(\d+)w\./.exec(picture.currentSrc)?.[1] ?? picture.getAttribute("width"));
      return picture.srcset && width > Math.max(400, 2.2 * picture.getBoundingClientRect().width * devicePixelRatio);
    }).map((picture) => `${picture.currentSrc} at ${picture.getBoundingClientRect().width}`),
    shift,
  };
}

/* Confidence before and after each exercise, drawn from the table below the chart. */
(() => {
  const figure = document.querySelector("[data-progress]");
  if (!figure || !window.uPlot) return;
  const holder = figure.querySelector("[data-chart]");
  const rows = [...figure.querySelectorAll("tr[data-before]")];
  const number = (text) => (text === "" ? null : Number(text));
  const before = rows.map((row) => number(row.dataset.before));
  const after = rows.map((row) => number(row.dataset.after));
  const places = rows.map((_, place) => place + 1);
  let plot = null;

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const of = (name) => style.getPropertyValue(name).trim();
    return { ink: of("--ink"), muted: of("--muted"), main: of("--main"), line: of("--line"), page: of("--page") };
  }

  // A thin line from before to after for each exercise, and the two words at the last one.
  function labels(tone) {
    return (chart) => {
      const pen = chart.ctx;
      const ratio = window.devicePixelRatio;
      pen.save();
      pen.lineWidth = ratio;
      pen.strokeStyle = tone.muted;
      places.forEach((place, index) => {
        if (before[index] === null || after[index] === null) return;
        const x = chart.valToPos(place, "x", true);
        pen.beginPath();
        pen.moveTo(x, chart.valToPos(before[index], "y", true));
        pen.lineTo(x, chart.valToPos(after[index], "y", true));
        pen.stroke();
      });
      pen.font = `${16 * ratio}px system-ui, "Liberation Sans", Arial, sans-serif`;
      pen.textBaseline = "middle";
      pen.textAlign = "left";
      const ends = [["before", before, tone.muted], ["after", after, tone.main]]
        .map(([word, values, colour]) => {
          const index = values.findLastIndex((value) => value !== null);
          return index < 0 ? null : { word, colour, x: chart.valToPos(places[index], "x", true), y: chart.valToPos(values[index], "y", true) };
        })
        .filter(Boolean);
      const gap = 20 * ratio;
      if (ends.length === 2 && Math.abs(ends[0].y - ends[1].y) < gap) {
        const middle = (ends[0].y + ends[1].y) / 2;
        const up = ends[1].y <= ends[0].y ? 1 : 0;
        ends[up].y = middle - gap / 2;
        ends[1 - up].y = middle + gap / 2;
      }
      for (const end of ends) {
        pen.fillStyle = end.colour;
        pen.fillText(end.word, end.x + 12 * ratio, end.y);
      }
      pen.restore();
    };
  }

  function draw() {
    plot?.destroy();
    const tone = colours();
    const font = '16px system-ui, "Liberation Sans", Arial, sans-serif';
    const axis = { font, stroke: tone.muted, grid: { show: false }, ticks: { show: false } };
    const points = (fill, stroke) => ({ show: true, size: 9, width: 2, stroke, fill });
    plot = new window.uPlot(
      {
        width: holder.clientWidth,
        height: 200,
        legend: { show: false },
        cursor: { show: false },
        padding: [8, 72, 0, 0],
        scales: { x: { time: false, range: [0.6, places.length + 0.4] }, y: { range: [-0.5, 10.5] } },
        axes: [
          { ...axis, size: 28, splits: () => places, values: (_, all) => all.map((one) => `${one}`) },
          { ...axis, size: 32, splits: () => [0, 5, 10], grid: { show: true, stroke: tone.line, width: 1 } },
        ],
        series: [
          {},
          { stroke: tone.muted, width: 1, dash: [4, 4], spanGaps: true, points: points(tone.page, tone.muted) },
          { stroke: tone.main, width: 2, spanGaps: true, points: points(tone.main, tone.main) },
        ],
        hooks: { draw: [labels(tone)] },
      },
      [places, before, after],
      holder,
    );
  }

  draw();
  new ResizeObserver(() => {
    if (plot && plot.width !== holder.clientWidth) plot.setSize({ width: holder.clientWidth, height: 200 });
  }).observe(holder);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();

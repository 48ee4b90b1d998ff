/**
 * Chart: scale as SVG, drawn by ECharts without a browser.
 */
const SIZE = { width: 900, height: 420 };

/** @returns The picture as text. */
export async function drawScale({ processes, simulation }) {
  const echarts = await import('echarts');
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
  const costs = [
    line('call, in memory', 0, simulation, ({ callMicros }) => callMicros),
    line('entry of a requestAll, in memory', 0, simulation, ({ entryMicros }) => entryMicros),
    line('receiver of a broadcast, in memory', 0, simulation, ({ receiverMicros }) => receiverMicros),
    line('call, the manager of processes', 0, processes, ({ call }) => call.managerMicros, 'dashed'),
  ];
  const amounts = [
    line('frames of a requestAll', 1, simulation, ({ frames }) => frames),
    line('kB per idle cluster', 1, simulation, ({ bytesPerCluster }) => bytesPerCluster / 1000),
  ];
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    title: [
      { text: 'Processor time (us): flat is good', left: '4%', textStyle: { fontSize: 13 } },
      { text: 'One requestAll: frames, and kB per cluster', left: '54%', textStyle: { fontSize: 13 } },
    ],
    legend: [legendOf(costs, '4%'), legendOf(amounts, '54%')],
    grid: [
      { left: '6%', width: '40%', top: 40, bottom: 140 },
      { left: '56%', width: '40%', top: 40, bottom: 140 },
    ],
    xAxis: [axisOfClusters(0), axisOfClusters(1)],
    yAxis: [
      { type: 'value', gridIndex: 0, min: 0 },
      { type: 'log', gridIndex: 1, min: 1 },
    ],
    series: [...costs, ...amounts],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

function legendOf(series, left) {
  return { data: series.map(({ name }) => name), orient: 'vertical', left, bottom: 0, itemGap: 4 };
}

function axisOfClusters(gridIndex) {
  return {
    type: 'log',
    logBase: 2,
    min: 2,
    max: 256,
    name: 'clusters',
    nameLocation: 'middle',
    nameGap: 26,
    gridIndex,
  };
}

function line(name, grid, rows, value, type = 'solid') {
  const data = rows.map((row) => [row.clusters, Number(value(row).toPrecision(3))]);
  return { name, type: 'line', xAxisIndex: grid, yAxisIndex: grid, data, lineStyle: { type } };
}

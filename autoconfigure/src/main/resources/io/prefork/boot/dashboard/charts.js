/*
 * The charts: one line per slot.
 */

import { count, megabytes, milliseconds, rate, time } from './format.js';

/* global uPlot */

const COLOURS = 8;

const HEIGHT = 180;

/** Whole megabytes, in steps of 1, 2, 5, 10 and so on. */
const MEMORY_STEPS = [1, 10, 100, 1000, 10_000].flatMap((power) => [1, 2, 5].map((step) => step * power * 1_048_576));

const CHARTS = [
	['requests', 'Requests per second', rate],
	['connections', 'Connections', count],
	['lag', 'Loop lag', milliseconds],
	['heap', 'Heap', megabytes, MEMORY_STEPS],
	['rss', 'Resident set (RSS)', megabytes, MEMORY_STEPS],
	['pss', 'Proportional set (PSS)', megabytes, MEMORY_STEPS]
];

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export class Charts {

	#element;

	#charts = [];

	#slots = '';

	constructor(element) {
		this.#element = element;
		new ResizeObserver(() => this.#charts.forEach(({ chart, figure }) => chart.setSize(size(figure)))).observe(element);
		matchMedia('(prefers-color-scheme: dark)').addEventListener('change',
			() => this.#charts.forEach(({ chart }) => chart.redraw(false)));
	}

	/**
	 * Show what was kept.
	 * @param figures the figures
	 */
	show(figures) {
		const slots = figures.slots;
		if (slots.join() !== this.#slots) {
			this.#slots = slots.join();
			this.#element.replaceChildren();
			this.#charts = CHARTS.map((chart) => this.#add(chart, slots));
		}
		this.#charts.forEach(({ name, chart }) => chart.setData(figures.series(name)));
	}

	#add([name, title, text, steps], slots) {
		const figure = document.createElement('figure');
		const caption = document.createElement('figcaption');
		caption.textContent = title;
		figure.append(caption);
		this.#element.append(figure);
		const axis = { stroke: () => css('--muted'), grid: { stroke: () => css('--line'), width: 1 },
			ticks: { stroke: () => css('--line'), width: 1 }, font: '11px system-ui' };
		const chart = new uPlot({
			...size(figure),
			cursor: { sync: { key: 'prefork' }, drag: { x: false, y: false } },
			scales: { y: { range: (_chart, _min, max) => [0, max > 0 ? max * 1.1 : 1] } },
			axes: [{ ...axis, space: 90, values: (_chart, ticks) => ticks.map((seconds) => time(seconds * 1000)) },
				{ ...axis, size: 70, ...(steps && { incrs: steps }), values: (_chart, ticks) => ticks.map(text) }],
			series: [{ label: 'Time', value: (_chart, seconds) => (seconds == null ? '' : time(seconds * 1000)) }, ...slots.map((slot) => ({
				label: `worker ${slot}`, stroke: () => css(`--series-${slot % COLOURS}`), width: 2,
				dash: slot < COLOURS ? [] : [6, 3], points: { show: false }, value: (_chart, value) => text(value)
			}))]
		}, [[], ...slots.map(() => [])], figure);
		chart.root.querySelector('canvas').setAttribute('role', 'img');
		chart.root.querySelector('canvas').setAttribute('aria-label',
			`${title} of each worker in the last ten minutes; the latest figures are in the table`);
		return { name, chart, figure };
	}

}

const size = (figure) => ({ width: Math.max(200, figure.clientWidth), height: HEIGHT });

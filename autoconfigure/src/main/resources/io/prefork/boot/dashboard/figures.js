/*
 * What workers do per second, and what they did in the last ten minutes: from one status to the next.
 */

import { seconds } from './format.js';

const KEPT = 300;

export class Figures {

	#last = new Map();

	#times = [];

	#slots = new Map();

	/**
	 * Take a status.
	 * @param status what the endpoint "workers" says
	 * @param now when it was taken, in milliseconds
	 * @returns the figures of each process by its id
	 */
	take(status, now) {
		const figures = new Map();
		const processes = new Map();
		for (const worker of [...status.workers, ...status.spares].filter(({ process }) => process)) {
			const reading = this.#read(worker, now, this.#last.get(worker.process.pid));
			processes.set(worker.process.pid, reading);
			figures.set(worker.process.pid, reading.figures);
		}
		this.#last = processes;
		this.#keep(status.workers, figures, now);
		return figures;
	}

	/** The slots that have been there, in their order. */
	get slots() {
		return [...this.#slots.keys()].sort((one, other) => one - other);
	}

	/**
	 * What was kept of one figure.
	 * @param name the name of the figure
	 * @returns the times in seconds, and then the values of each slot
	 */
	series(name) {
		return [this.#times, ...this.slots.map((slot) => this.#slots.get(slot).map((figures) => figures?.[name] ?? null))];
	}

	#read({ process, load }, now, before) {
		const cpu = process.usage && seconds(process.usage.cpu);
		const figures = {
			requests: before?.figures.requests, active: load?.active, connections: load?.connections,
			lag: load && seconds(load.loopLag) * 1000, heap: load?.heap, rss: process.usage?.rss, pss: process.usage?.pss,
			cpu: before && cpu != null ? Math.max(0, cpu - before.cpu) * 1000 / (now - before.now) : undefined
		};
		// Between two heartbeats, not between two answers: those are not in step.
		if (before?.load && load && load.at !== before.load.at) {
			figures.requests = (load.requests - before.load.requests) * 1000 / (new Date(load.at) - new Date(before.load.at));
		}
		return { now, cpu, load, figures };
	}

	#keep(workers, figures, now) {
		this.#times.push(now / 1000);
		for (const { slot } of workers) {
			if (!this.#slots.has(slot)) {
				this.#slots.set(slot, Array(this.#times.length - 1).fill(undefined));
			}
		}
		for (const [slot, kept] of this.#slots) {
			const there = workers.filter((worker) => worker.slot === slot && worker.process);
			const serving = there.find(({ state }) => state === 'ready') ?? there.at(-1);
			kept.push(serving && figures.get(serving.process.pid));
			if (kept.length > KEPT) {
				kept.shift();
			}
			if (kept.every((figure) => figure === undefined)) {
				this.#slots.delete(slot);
			}
		}
		if (this.#times.length > KEPT) {
			this.#times.shift();
		}
	}

}

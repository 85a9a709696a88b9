/*
 * A view for Spring Boot Admin: the workers of a Prefork service, under "Insights" of its instance. For the server's
 * class path, below META-INF/spring-boot-admin-server-ui/extensions, or the directory that
 * spring.boot.admin.ui.extension-resource-locations names.
 */
(() => {
	const { h, ref, onMounted, onBeforeUnmount } = Vue;

	const PACE_MS = 5000;

	const megabytes = (bytes) => (bytes == null ? '' : `${Math.round(bytes / 1_048_576)} MB`);

	const time = (instant) => (instant ? new Date(instant).toLocaleString() : '');

	const COLUMNS = {
		'Worker': ({ slot }) => slot,
		'State': ({ state }) => state,
		'Pid': ({ process }) => process?.pid,
		'Generation': ({ process }) => process?.generation,
		'Started': ({ process }) => time(process?.startedAt),
		'Requests': ({ load }) => load?.requests.toLocaleString(),
		'Errors': ({ load }) => load?.errors.toLocaleString(),
		'Connections': ({ load }) => load?.connections,
		'Heap': ({ load }) => megabytes(load?.heap),
		'RSS': ({ process }) => megabytes(process?.usage?.rss),
		'PSS': ({ process }) => megabytes(process?.usage?.pss),
		'Restarts': ({ restarts }) => restarts.total,
		'Last exit': ({ restarts: { last } }) => last && `${last.reason}: ${last.end}, ${time(last.at)}`
	};

	const cell = (kind, content) => h(kind, { class: 'px-3 py-2 text-left align-top' }, content ?? '');

	const table = (workers) => h('table', { id: 'prefork-workers', class: 'w-full' }, [
		h('thead', h('tr', Object.keys(COLUMNS).map((title) => cell('th', title)))),
		h('tbody', workers.map((worker) => h('tr', { key: `${worker.slot}-${worker.process?.pid}`, class: 'border-t' },
			Object.values(COLUMNS).map((value) => cell('td', value(worker))))))
	]);

	const page = (instance) => instance.hasEndpoint('prefork')
		&& h('a', { href: `${instance.registration.managementUrl}/prefork`, target: '_blank', rel: 'noopener', class: 'underline' },
			'Operator page');

	const component = {
		props: { instance: { type: Object, required: true } },
		setup({ instance }) {
			const status = ref(null);
			const trouble = ref('');
			let timer;
			const look = async () => {
				try {
					status.value = (await instance.axios.get('actuator/workers')).data;
					trouble.value = '';
				}
				catch (error) {
					trouble.value = error.response?.data?.detail ?? String(error);
				}
			};
			onMounted(() => {
				look();
				timer = setInterval(look, PACE_MS);
			});
			onBeforeUnmount(() => clearInterval(timer));
			return () => h('div', { class: 'p-6' }, [
				h('h2', { class: 'text-xl font-bold' }, 'Workers'),
				trouble.value && h('p', { role: 'alert' }, trouble.value),
				status.value && h('p', `${status.value.master.ready} of ${status.value.master.workers} ready, `
					+ `generation ${status.value.master.generation}, master pid ${status.value.master.pid}`),
				page(instance),
				status.value && table([...status.value.workers, ...status.value.spares])
			]);
		}
	};

	SBA.viewRegistry.addView({
		name: 'instances/prefork', parent: 'instances', path: 'prefork', component, label: 'Workers', group: 'insights',
		order: 50, isEnabled: ({ instance }) => instance.hasEndpoint('workers')
	});
})();

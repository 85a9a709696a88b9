/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.prefork.launcher.supervisor;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Events as they are written in scenarios: a word, then what it is about, for instance
 * the worker's id, then words {@code name=value}.
 */
final class EventText {

	private EventText() {
	}

	/**
	 * Read an event.
	 * @param text the event
	 * @param settings the scenario's settings, to which a new generation adds its own
	 * @return the event
	 */
	static Event parse(String text, String settings) {
		List<String> words = List.of(text.split(" "));
		return switch (words.get(0)) {
			case "start" -> new Event.MasterStarted(words.contains("succeeds"));
			case "deadline" -> new Event.DeadlineReached();
			case "delayed" -> new Event.MasterDelayed(Times.parse(words.get(1)));
			case "handed-over" -> new Event.HandedOver();
			case "stop" -> new Event.StopRequested(false);
			case "quick-stop" -> new Event.StopRequested(true);
			case "pause" -> new Event.PauseRequested();
			case "scale" -> new Event.ScaleRequested(Integer.parseInt(words.get(1)), words.get(1).matches("[+-].*"));
			case "recycle" -> new Event.RecycleRequested(Integer.parseInt(words.get(1)));
			case "reload" -> new Event.ReloadRequested();
			case "prepared" -> new Event.GenerationPrepared(SettingsText.parse(Integer.parseInt(words.get(1)), settings,
					String.join(" ", words.subList(2, words.size()))));
			case "refused" -> new Event.GenerationRefused(Integer.parseInt(words.get(1)), "app.jar is not a jar");
			case "ready" ->
				new Event.WorkerReady(id(words.get(1)), (words.size() > 2) ? Integer.parseInt(words.get(2)) : 0);
			case "heard" -> heard(id(words.get(1)), words.subList(2, words.size()));
			case "leaving" -> new Event.WorkerLeaving(id(words.get(1)));
			case "lost" -> new Event.WorkerLost(id(words.get(1)));
			case "exited" -> new Event.WorkerExited(id(words.get(1)), exit(false));
			case "out-of-memory" -> new Event.WorkerExited(id(words.get(1)), exit(true));
			case "listen-failed" -> new Event.ListenFailed(id(words.get(1)), 7, "0.0.0.0:8080 can't be bound");
			default -> throw new IllegalArgumentException("There is no event '%s'".formatted(text));
		};
	}

	private static WorkerExit exit(boolean outOfMemory) {
		return new WorkerExit(new ProcessEnd.Exited(1), "", outOfMemory);
	}

	private static Event heard(WorkerId id, List<String> words) {
		Map<String, String> values = new HashMap<>(
				Map.of("silence", "0s", "requests", "0", "errors", "0", "active", "0", "rss", "0"));
		words.stream().map((word) -> word.split("=", 2)).forEach((pair) -> {
			if (values.put(pair[0], pair[1]) == null) {
				throw new IllegalArgumentException("There is no vital '%s'".formatted(pair[0]));
			}
		});
		Vitals vitals = new Vitals(Duration.ZERO, Long.parseLong(values.getOrDefault("requests", "")),
				Long.parseLong(values.getOrDefault("errors", "")), Integer.parseInt(values.getOrDefault("active", "")),
				0, 0, Long.parseLong(values.getOrDefault("rss", "")));
		return new Event.WorkerHeard(id, Times.parse(values.getOrDefault("silence", "")), vitals);
	}

	private static WorkerId id(String text) {
		int dot = text.indexOf('.');
		return new WorkerId(Place.of(Integer.parseInt(text.substring(0, dot))),
				Integer.parseInt(text.substring(dot + 1)));
	}

}

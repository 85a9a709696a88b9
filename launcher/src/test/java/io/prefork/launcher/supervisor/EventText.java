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

import java.util.List;

/**
 * Events as they are written in scenarios: a word, and where it is about a worker, the
 * worker's id.
 */
final class EventText {

	private EventText() {
	}

	static Event parse(String text) {
		List<String> words = List.of(text.split(" "));
		return switch (words.get(0)) {
			case "start" -> new Event.MasterStarted();
			case "deadline" -> new Event.DeadlineReached();
			case "stop" -> new Event.StopRequested(false);
			case "quick-stop" -> new Event.StopRequested(true);
			case "ready" -> new Event.WorkerReady(id(words.get(1)));
			case "leaving" -> new Event.WorkerLeaving(id(words.get(1)));
			case "exited" -> new Event.WorkerExited(id(words.get(1)), "exited with code 1");
			case "listen-failed" -> new Event.ListenFailed(id(words.get(1)), 7, "0.0.0.0:8080 can't be bound");
			default -> throw new IllegalArgumentException("There is no event '%s'".formatted(text));
		};
	}

	private static WorkerId id(String text) {
		int dot = text.indexOf('.');
		return new WorkerId(Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
	}

}

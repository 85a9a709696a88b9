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

package io.prefork.launcher.top;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.log.Wording;
import io.prefork.launcher.top.TopState.Question;

/**
 * What keys do. What changes the service is asked for once more.
 */
final class TopKeys {

	static final String HELP = "j/k choose a slot   r recycle it   +/- scale   l reload   q quit";

	private TopKeys() {
	}

	/**
	 * Do what a key says.
	 * @param key the key
	 * @param state what is shown
	 * @return what is to be done to the service now; {@code null} for nothing
	 */
	static @Nullable Action press(int key, TopState state) {
		Question question = state.question();
		if (question != null) {
			state.say((key == 'y') ? "" : "not done");
			return (key == 'y') ? question.action() : null;
		}
		int slot = state.chosen();
		int workers = state.status().master().workers();
		switch (key) {
			case 'j' -> state.choose(1);
			case 'k' -> state.choose(-1);
			case 'r' -> state.ask(new Question("recycle the worker of slot %d?".formatted(slot), (master) -> {
				master.recycle(slot);
				return "slot %d: its worker is replaced".formatted(slot);
			}));
			case '+' -> scale(workers + 1, state);
			case '-' -> scale(workers - 1, state);
			case 'l' -> state
				.ask(new Question("reload?", (master) -> "reload to generation %d: begun".formatted(master.reload())));
			default -> state.say("");
		}
		return null;
	}

	private static void scale(int workers, TopState state) {
		state.ask(new Question("scale to %s?".formatted(Wording.count(workers, "worker")), (master) -> {
			master.scale(workers);
			return "scaling to %s".formatted(Wording.count(workers, "worker"));
		}));
	}

}

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

package io.prefork.status;

import java.time.Instant;

/**
 * The end of a worker.
 *
 * @param at when
 * @param incarnation its number within its slot
 * @param generation its generation
 * @param reason why it left
 * @param end how its process ended, in words: with which code, or by which signal
 * @param lastOutput the end of its standard error; empty if nobody asked for that
 */
public record ExitStatus(Instant at, int incarnation, int generation, String reason, String end, String lastOutput) {

}

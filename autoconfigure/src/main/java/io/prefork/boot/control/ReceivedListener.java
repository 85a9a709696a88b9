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

package io.prefork.boot.control;

import io.netty.channel.unix.FileDescriptor;

import io.prefork.contract.Distribution;

/**
 * A listening socket of the master.
 *
 * @param descriptor this worker's copy of its descriptor, which is the receiver's to
 * close
 * @param request the number of the request for it
 * @param distribution how its connections reach this worker; only with
 * {@link Distribution#SHARED} the worker accepts from the descriptor itself
 */
public record ReceivedListener(FileDescriptor descriptor, int request, Distribution distribution) {

}

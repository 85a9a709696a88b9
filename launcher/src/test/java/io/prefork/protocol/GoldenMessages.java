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

package io.prefork.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.prefork.contract.Distribution;
import io.prefork.status.ExitStatus;
import io.prefork.status.Hint;
import io.prefork.status.HistoryEntry;
import io.prefork.status.ListenerStatus;
import io.prefork.status.LoadStatus;
import io.prefork.status.MasterStatus;
import io.prefork.status.ProcessStatus;
import io.prefork.status.ReloadStatus;
import io.prefork.status.ReloadTotals;
import io.prefork.status.RestartStatus;
import io.prefork.status.ServiceStatus;
import io.prefork.status.StallStatus;
import io.prefork.status.WorkerStatus;

/**
 * The bytes of each message, written down by hand.
 */
final class GoldenMessages {

	private static final Hint HINT = new Hint("a", "b", "c");

	private static final Path FILE = Path.of("src/test/resources/golden/messages.txt");

	private GoldenMessages() {
	}

	static Map<String, ByteBuffer> frames() throws IOException {
		Map<String, ByteBuffer> frames = new LinkedHashMap<>();
		for (String line : Files.readAllLines(FILE)) {
			if (!line.startsWith("#")) {
				String[] parts = line.split(":", 2);
				frames.put(parts[0], ByteBuffer.wrap(HexFormat.of().parseHex(parts[1].replace(" ", ""))));
			}
		}
		return frames;
	}

	static Map<String, Message> messages() {
		Map<String, Message> messages = new LinkedHashMap<>();
		messages.put("hello-control", new Message.Hello(1, Message.Purpose.CONTROL, 2, 3, "abc"));
		messages.put("hello-descriptors", new Message.Hello(1, Message.Purpose.DESCRIPTORS, 0, 1, ""));
		messages.put("listen", new FromWorker.Listen(7, "127.0.0.1", 8080, 1));
		messages.put("listening", new FromMaster.Listening(7, Distribution.REUSEPORT));
		messages.put("refused", new FromMaster.Refused(7, "in use"));
		messages.put("ready", new FromWorker.Ready(200));
		messages.put("accept", new FromMaster.Accept(3));
		messages.put("drain", new FromMaster.Drain(Duration.ofSeconds(30), Duration.ofSeconds(1), true));
		messages.put("draining", new FromWorker.Draining());
		messages.put("drained", new FromWorker.Drained(4));
		messages.put("failed", new FromWorker.Failed("Gr\u00fc\u00dfe"));
		messages.put("described", new Message.Described(Map.of("workers", "auto", "backlog", "128")));
		messages.put("described-nothing", new Message.Described(Map.of()));
		messages.put("heartbeat",
				new FromWorker.Heartbeat(Duration.ofMillis(1500), Duration.ofMillis(7), 100, 5, 2, 3, 64, 128));
		messages.put("stalled", new FromWorker.Stalled("loop-1", Duration.ofMillis(700), "at A.b"));
		messages.put("dump", new FromMaster.Dump());
		messages.put("reopen-logs", new FromMaster.ReopenLogs());
		messages.put("hello-predecessor", new Message.Hello(1, Message.Purpose.PREDECESSOR, 0, 0, "abc"));
		messages.put("hello-listeners", new Message.Hello(1, Message.Purpose.LISTENERS, 0, 0, "abc"));
		messages.put("handover", new FromPredecessor.Handover(List.of(new FromWorker.Listen(0, "127.0.0.1", 8080, 0),
				new FromWorker.Listen(0, "::", 0, 1, 3, true))));
		messages.put("proceed", new FromNewMaster.Proceed());
		messages.put("hello-connections", new Message.Hello(1, Message.Purpose.CONNECTIONS, 2, 3, "abc"));
		messages.put("assignSocket", new FromMaster.AssignSocket(7, 3));
		messages.put("revokeSocket", new FromMaster.RevokeSocket(7, 3));
		messages.put("stopDispatch", new FromWorker.StopDispatch());
		messages.put("get-status", new OperatorRequest.GetStatus(7, OperatorRequest.GetStatus.NO_SLOT, true, false));
		messages.put("reload", new OperatorRequest.Reload(7));
		messages.put("scale", new OperatorRequest.Scale(7, 4));
		messages.put("recycle", new OperatorRequest.Recycle(7, 1));
		messages.put("stop", new OperatorRequest.Stop(7, true));
		messages.put("status", new OperatorAnswer.Status(7, status()));
		messages.put("accepted", new OperatorAnswer.Accepted(7, 2));
		messages.put("rejected", new OperatorAnswer.Rejected(7, OperatorAnswer.Rejected.Cause.CONFLICT, "busy"));
		ByteBuffer content = ByteBuffer.wrap(new byte[] { 1, 2 });
		messages.put("ask-workers", new ToPeers.AskWorkers(7, ToPeers.AskWorkers.ALL, "metrics", true));
		messages.put("end-asking", new ToPeers.EndAsking(7));
		messages.put("farewell", new ToPeers.Farewell("metrics", content, true));
		messages.put("answer-part", new ToPeers.AnswerPart(8, content, true));
		messages.put("question", new FromPeers.Question(8, "metrics"));
		messages.put("asked", new FromPeers.Asked(7, List.of(new FromPeers.Asked.Peer(1))));
		messages.put("peer-part", new FromPeers.PeerPart(7, 1, content, false));
		messages.put("peer-gone", new FromPeers.PeerGone(7, 1));
		messages.put("lead", new FromMaster.Lead(true));
		messages.put("leading", new FromWorker.Leading(false));
		messages.put("broadcast", new Message.Broadcast(3, 4, "a", content));
		messages.put("hints", new FromWorker.Hints(List.of(HINT)));
		return messages;
	}

	private static ServiceStatus status() {
		Instant time = Instant.ofEpochMilli(1000);
		WorkerStatus serving = new WorkerStatus(0, "ready",
				new ProcessStatus(9, 2, 1, true, time, true, time, new ProcessStatus.Usage(Duration.ofMillis(5), 4, 3)),
				new LoadStatus(time, 8, 1, 2, 3, Duration.ofMillis(7), 6),
				new StallStatus(time, "loop-1", Duration.ofMillis(700), "at A.b"), new RestartStatus(1,
						Map.of("crash", 1), new ExitStatus(time, 1, 1, "crash", "exited with code 1", "bye")));
		WorkerStatus vacant = new WorkerStatus(1, WorkerStatus.VACANT, null, null, null,
				new RestartStatus(0, Map.of(), null));
		ReloadStatus reload = new ReloadStatus(2, "ended", time, new ReloadStatus.Verdict(time, false, "no jar"),
				List.of(new ReloadStatus.SlotProgress(0, 1, "waiting")));
		return new ServiceStatus(
				new MasterStatus(5, time, "running", 1, 2, 1, 4, new ReloadTotals(1, 2, Duration.ofMillis(9))),
				List.of(serving, vacant), List.of(), List.of(new ListenerStatus("0.0.0.0:80", 5)), reload,
				List.of(new HistoryEntry(time, "worker=0", "ready")), List.of(HINT), Map.of("threads", "8"));
	}

}

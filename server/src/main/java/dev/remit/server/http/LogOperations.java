package dev.remit.server.http;

import dev.remit.evidence.EvidenceLog;
import dev.remit.evidence.model.Disclosure;
import dev.remit.evidence.model.Hash;
import dev.remit.evidence.model.LoggedEntry;
import dev.remit.evidence.model.SignedCheckpoint;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.http.HttpAnswer;
import dev.remit.platform.http.HttpCall;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/log`: entries, checkpoint and proofs, as anyone needs them to check the log offline.
public final class LogOperations {
  private static final int MOST_ENTRIES = 500;
  private static final int PAGE = 20;
  private final EvidenceLog log;

  public LogOperations(EvidenceLog log) {
    this.log = log;
  }

  public List<Operation> operations() {
    return List.of(
        read("listEntries", "/log/entries", this::list),
        read("getEntry", "/log/entries/{index}", this::entry),
        read("getCheckpoint", "/log/checkpoint", call -> HttpAnswer.text(note(log.checkpoint()))),
        read("getInclusionProof", "/log/proofs/inclusion", this::inclusion),
        read("getConsistencyProof", "/log/proofs/consistency", this::consistency),
        read("getLogKey", "/log/key", call -> HttpAnswer.text(log.verifierKey() + "\n")));
  }

  private static Operation read(
      String id, String path, java.util.function.Function<HttpCall<Caller>, HttpAnswer> handler) {
    return new Operation(id, HttpMethod.GET, path, Operation.OFFICER_ONLY, handler);
  }

  /// @param leaf canonical JSON whose UTF-8 bytes the leaf hash covers
  /// @param disclosures fields with their salts; left out when the body was deleted
  record EntryView(
      long index, String kind, Instant time, String leaf, Optional<List<Disclosure>> disclosures) {
    static EntryView of(LoggedEntry entry) {
      return new EntryView(
          entry.index(), entry.kind(), entry.time(), entry.leaf(), entry.disclosures());
    }
  }

  /// @param path base64 hashes from the leaf's sibling upwards
  /// @param checkpoint signed over `size` leaves; left out when none was signed at that size
  record InclusionView(long index, long size, List<String> path, Optional<String> checkpoint) {}

  /// @param checkpoint signed over `later` leaves; left out when none was signed at that size
  record ConsistencyView(
      long earlier, long later, List<String> path, Optional<String> checkpoint) {}

  /// The tree a proof leads to.
  private record Target(long size, Optional<String> note) {}

  private HttpAnswer list(HttpCall<Caller> call) {
    long size = log.size();
    int limit = (int) call.number("limit", PAGE, 1, MOST_ENTRIES);
    long from = call.number("from", Math.max(0, size - limit), 0, Long.MAX_VALUE / 2);
    return HttpAnswer.json(
        Map.of(
            "size",
            size,
            "entries",
            log.entries(from, limit).stream().map(EntryView::of).toList()));
  }

  private HttpAnswer entry(HttpCall<Caller> call) {
    return HttpAnswer.json(EntryView.of(log.entry(index(call.path("index")))));
  }

  private HttpAnswer inclusion(HttpCall<Caller> call) {
    Target tree = target(call, "size");
    long index = required(call, "index");
    return HttpAnswer.json(
        new InclusionView(
            index,
            tree.size(),
            hashes(log.inclusionProof(index, tree.size()).path()),
            tree.note()));
  }

  private HttpAnswer consistency(HttpCall<Caller> call) {
    Target tree = target(call, "to");
    long earlier = required(call, "from");
    return HttpAnswer.json(
        new ConsistencyView(
            earlier,
            tree.size(),
            hashes(log.consistencyProof(earlier, tree.size()).path()),
            tree.note()));
  }

  /// The size the caller names, with what was signed at it; else everything durable by now.
  private Target target(HttpCall<Caller> call, String parameter) {
    if (call.query(parameter).isEmpty()) {
      SignedCheckpoint now = log.checkpoint();
      return new Target(now.checkpoint().size(), Optional.of(note(now)));
    }
    long size = required(call, parameter);
    return new Target(size, log.checkpoint(size).map(LogOperations::note));
  }

  private static String note(SignedCheckpoint checkpoint) {
    return checkpoint.note().encoded();
  }

  private static List<String> hashes(List<Hash> path) {
    return path.stream().map(Hash::base64).toList();
  }

  private static long required(HttpCall<Caller> call, String name) {
    return index(
        call.query(name)
            .orElseThrow(() ->
                new RemitException(ErrorCode.INVALID_REQUEST, "the query needs `" + name + "`")));
  }

  /// A position in the log, as text of a caller.
  static long index(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST, "a position in the log is a whole number from 0");
    }
    return Long.parseLong(text);
  }
}

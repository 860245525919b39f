package dev.remit.proxy.session;

import dev.remit.proxy.upstream.UpstreamSettings;
import dev.remit.proxy.wire.BackendMessages;
import dev.remit.proxy.wire.FrameReader;
import dev.remit.proxy.wire.MessageFields;
import dev.remit.proxy.wire.WireError;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One backend of the scripted source: as much of PostgreSQL's extended protocol, transactions and
/// settings as the proxy uses, answered one event at a time.
///
/// `1/0` in a statement fails when it is executed, `unparsable` when it is parsed, `zone` answers
/// the time zone in force.
final class ScriptedBackend implements FrameReader.Listener {
  private static final Pattern SET_CONFIG =
      Pattern.compile("set_config\\(\\$(\\d+), \\$(\\d+), (\\$3|false)");

  private static final int CANCEL_REQUEST = 80_877_102;

  private record Frame(char type, Buffer bytes) {}

  private record Portal(String sql, List<String> arguments) {}

  final ScriptedSocket socket;
  final int processId;
  private final Consumer<String> heard;
  private final IntConsumer cancels;
  private final FrameReader reader = new FrameReader(this, false, 1 << 20);
  private final Deque<Frame> inbox = new ArrayDeque<>();
  private final Map<String, String> statements = new HashMap<>();
  private final Map<String, Portal> portals = new HashMap<>();
  private Map<String, String> settings = new HashMap<>();
  private Map<String, String> atStart = Map.of();
  private Map<String, String> afterCommit = Map.of();
  private boolean started;
  private boolean inTransaction;
  private boolean inBlock;
  private boolean failed;
  private boolean skipping;
  private boolean cancelled;

  /// @param processId also its place in the source, from 1
  /// @param heard told of each text that is sent to be parsed
  /// @param cancels told whom a cancel request names, should this connection bring one
  ScriptedBackend(int processId, Consumer<String> heard, IntConsumer cancels) {
    this.processId = processId;
    this.heard = heard;
    this.cancels = cancels;
    this.socket = new ScriptedSocket(this::hear);
    UpstreamSettings.NAMES.forEach(name -> settings.put(name, "0"));
    settings.put("TimeZone", "UTC");
  }

  private void hear(Buffer bytes) {
    if (started) {
      reader.feed(bytes);
    } else if (bytes.length() >= 16 && bytes.getInt(4) == CANCEL_REQUEST) {
      cancels.accept(bytes.getInt(8));
      socket.lose();
    } else {
      started = true;
      inbox.add(new Frame('0', bytes));
    }
  }

  @Override
  public boolean message(byte type, Buffer bytes, int from, int to) {
    Frame frame = new Frame((char) type, bytes.getBuffer(from + FrameReader.HEADER_BYTES, to));
    inbox.add(frame);
    if (type == 'P') {
      MessageFields fields = new MessageFields(frame.bytes, 0, frame.bytes.length());
      fields.string();
      heard.accept(fields.string());
    }
    return true;
  }

  @Override
  public boolean rows(Buffer bytes, int from, int to, int count) {
    throw new IllegalStateException("a backend takes no rows");
  }

  boolean hasWork() {
    return !socket.isClosed() && !inbox.isEmpty();
  }

  /// The statement that runs next is to fail.
  void cancel() {
    cancelled = true;
  }

  /// A cancel that has met no statement yet meets none any more.
  void forgetCancel() {
    cancelled = false;
  }

  /// Goes on until something was executed, an error or ReadyForQuery was said, or nothing is left.
  void step() {
    Buffer out = Buffer.buffer();
    boolean event = false;
    while (!event && !inbox.isEmpty()) {
      event = take(inbox.removeFirst(), out);
    }
    if (out.length() > 0) {
      socket.deliver(out);
    }
  }

  private boolean take(Frame frame, Buffer out) {
    if (skipping && frame.type != 'S' && frame.type != 'X') {
      return false;
    }
    MessageFields fields = new MessageFields(frame.bytes, 0, frame.bytes.length());
    switch (frame.type) {
      case '0' -> {
        BackendMessages.authenticationOk(out);
        BackendMessages.parameterStatus(out, "server_version", "18.0");
        BackendMessages.backendKeyData(out, processId, Buffer.buffer(new byte[4]));
        BackendMessages.readyForQuery(out, 'I');
        return true;
      }
      case 'Q' -> {
        simple(fields.string(), out);
        return true;
      }
      case 'P' -> {
        return parse(fields.string(), fields.string(), out);
      }
      case 'B' -> bind(fields, out);
      case 'D' -> {
        if (fields.int8() == 'S') {
          BackendMessages.parameterDescription(out, List.of());
        }
        BackendMessages.textColumns(out, List.of("answer"));
      }
      case 'E' -> {
        return execute(fields.string(), out);
      }
      case 'C' -> {
        if (fields.int8() == 'P') {
          portals.remove(fields.string());
        } else {
          statements.remove(fields.string());
        }
        BackendMessages.empty(out, '3');
      }
      case 'S' -> {
        sync(out);
        return true;
      }
      case 'X' -> socket.lose();
      case 'H' -> {}
      default -> throw new IllegalStateException("not scripted: " + frame.type);
    }
    return false;
  }

  private void simple(String sql, Buffer out) {
    cancelled = false;
    if (sql.isEmpty()) {
      BackendMessages.empty(out, 'I');
    } else {
      List<String> row = new ArrayList<>();
      for (int i = sql.split("set_config").length; i > 1; i--) {
        row.add("");
      }
      UpstreamSettings.NAMES.forEach(name -> row.add(settings.getOrDefault(name, "")));
      BackendMessages.textRow(out, row);
      BackendMessages.commandComplete(out, "SELECT 1");
    }
    BackendMessages.readyForQuery(out, status());
  }

  private boolean parse(String name, String sql, Buffer out) {
    begin();
    if (failed && !endsBlock(sql)) {
      return error("25P02", out);
    }
    if (sql.contains("unparsable")) {
      return error("42601", out);
    }
    statements.put(name, sql);
    BackendMessages.empty(out, '1');
    return false;
  }

  private void bind(MessageFields fields, Buffer out) {
    String portal = fields.string();
    String sql = statements.getOrDefault(fields.string(), "");
    for (int formats = fields.int16(); formats > 0; formats--) {
      fields.int16();
    }
    List<String> arguments = new ArrayList<>();
    for (int count = fields.int16(); count > 0; count--) {
      arguments.add(fields.slice(fields.int32()).toString(StandardCharsets.UTF_8));
    }
    portals.put(portal, new Portal(sql, arguments));
    BackendMessages.empty(out, '2');
  }

  private boolean execute(String name, Buffer out) {
    Portal portal = portals.get(name);
    if (portal == null) {
      return error("34000", out);
    }
    begin();
    String sql = portal.sql;
    if (cancelled) {
      cancelled = false;
      return error("57014", out);
    }
    if (sql.contains("1/0")) {
      return error("22012", out);
    }
    String tag = command(sql);
    if (tag.isEmpty()) {
      tag = "SELECT 1";
      BackendMessages.textRow(
          out,
          sql.equals(ScriptedSource.FINGERPRINTS)
              ? List.of("7", "as scanned")
              : List.of(answer(portal)));
    }
    BackendMessages.commandComplete(out, tag);
    return true;
  }

  private String answer(Portal portal) {
    String answer = portal.sql.contains("zone") ? settings.getOrDefault("TimeZone", "") : "1";
    Matcher set = SET_CONFIG.matcher(portal.sql);
    while (set.find()) {
      String name = portal.arguments.get(Integer.parseInt(set.group(1)) - 1);
      answer = portal.arguments.get(Integer.parseInt(set.group(2)) - 1);
      settings.put(name, answer);
      if (set.group(3).equals("false") || portal.arguments.get(2).equals("false")) {
        afterCommit = new HashMap<>(afterCommit);
        afterCommit.put(name, answer);
      }
    }
    return answer;
  }

  /// The tag of a transaction command, empty for every other statement.
  private String command(String sql) {
    String word = sql.split("[^a-z]", 2)[0];
    return switch (word) {
      case "begin" -> {
        inBlock = true;
        yield "BEGIN";
      }
      case "commit" -> {
        end(!failed);
        yield failed ? "ROLLBACK" : "COMMIT";
      }
      case "rollback" -> {
        failed = false;
        if (!sql.contains("savepoint")) {
          end(false);
        }
        yield "ROLLBACK";
      }
      case "savepoint" -> "SAVEPOINT";
      default -> "";
    };
  }

  private static boolean endsBlock(String sql) {
    return sql.startsWith("commit") || sql.startsWith("rollback");
  }

  private void begin() {
    if (!inTransaction) {
      inTransaction = true;
      atStart = Map.copyOf(settings);
      afterCommit = atStart;
    }
  }

  private void end(boolean commit) {
    if (inTransaction) {
      settings = new HashMap<>(commit ? afterCommit : atStart);
    }
    inTransaction = false;
    inBlock = false;
    failed = false;
    portals.clear();
  }

  private boolean error(String sqlState, Buffer out) {
    BackendMessages.error(out, new WireError("ERROR", sqlState, "scripted", 0));
    skipping = true;
    if (inBlock) {
      failed = true;
    } else {
      end(false);
    }
    return true;
  }

  private void sync(Buffer out) {
    skipping = false;
    if (!inBlock) {
      end(true);
    }
    BackendMessages.readyForQuery(out, status());
  }

  private char status() {
    return !inBlock ? 'I' : failed ? 'E' : 'T';
  }
}

package dev.remit.proxy.relay;

import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.model.PolicyValue;
import dev.remit.proxy.model.GovernedQuery;
import dev.remit.proxy.state.ResultShape;
import dev.remit.proxy.upstream.PreparedStatements;
import dev.remit.proxy.upstream.SchemaCheck;
import dev.remit.proxy.upstream.UpstreamConnection;
import dev.remit.proxy.wire.FrontendMessage;
import dev.remit.proxy.wire.FrontendMessages;
import dev.remit.proxy.wire.TypeOids;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns a governed query into messages for the source, and says which answers to expect.
///
/// The only place from which SQL goes to a source on behalf of a client: what it sends is the text
/// of a [GovernedQuery] or a constant of ours. Owned by the session's event loop.
public final class SourceSubmission {
  /// A Bind without parameters, results in text.
  public static final FrontendMessage.Bind NO_PARAMETERS = bindOf(List.of());

  private static final Buffer TEXT_RESULTS = Buffer.buffer(new byte[] {0, 0});
  private static final Buffer BINARY_RESULTS = Buffer.buffer(new byte[] {0, 1, 0, 1});
  private static final String OWN_PORTAL = "r_own";

  private final Replies replies;
  private final Optional<SchemaCheck> schemaCheck;
  private final SourceName sourceName;

  public SourceSubmission(
      Replies replies, Optional<SchemaCheck> schemaCheck, SourceName sourceName) {
    this.replies = replies;
    this.schemaCheck = schemaCheck;
    this.sourceName = sourceName;
  }

  /// A Bind of constants in text form, empty = NULL.
  public static FrontendMessage.Bind bindOf(List<Optional<String>> arguments) {
    Buffer values = Buffer.buffer();
    for (Optional<String> argument : arguments) {
      if (argument.isEmpty()) {
        values.appendInt(-1);
      } else {
        byte[] bytes = argument.get().getBytes(StandardCharsets.UTF_8);
        values.appendInt(bytes.length).appendBytes(bytes);
      }
    }
    return new FrontendMessage.Bind(
        "", "", List.of(), arguments.size(), values, Buffer.buffer(new byte[] {0, 0}));
  }

  /// Makes sure the query is prepared; answers the name at the source.
  ///
  /// @param types the client's, cut to its own parameters so that none types a policy value
  /// @param relayed whether the client waits for a ParseComplete
  public String prepare(
      UpstreamConnection source,
      GovernedQuery query,
      List<Long> types,
      boolean lasting,
      boolean relayed) {
    PreparedStatements prepared = source.prepared();
    PreparedStatements.Key key = new PreparedStatements.Key(query.sql(), types(query, types));
    String known = prepared.find(key);
    if (known != null) {
      if (relayed) {
        replies.answer(out -> out.appendByte((byte) '1').appendInt(4));
      }
      return known;
    }
    checkSchema(source, query.access().tableOids());
    String name = prepared.add(key, lasting);
    for (String evicted : prepared.takeEvicted()) {
      FrontendMessages.close(source.out(), 'S', evicted);
      replies.expect(new ExpectedReply.Evicted(prepared, evicted));
    }
    FrontendMessages.parse(source.out(), name, query.sql(), key.types());
    replies.expect(new ExpectedReply.Parsed(query, prepared, key, name, relayed));
    return name;
  }

  /// Binds the client's values and the policy's after them.
  public void bind(
      UpstreamConnection source,
      GovernedQuery query,
      String name,
      String portal,
      FrontendMessage.Bind bind,
      boolean relayed) {
    if (bind.parameters() != query.clientParameters()) {
      throw new RemitException(
          ErrorCode.PROTOCOL_VIOLATION,
          "bind message supplies "
              + bind.parameters()
              + " parameters, but the prepared statement requires "
              + query.clientParameters());
    }
    List<String> ours = query.policyValues().stream().map(PolicyValue::text).toList();
    FrontendMessages.bind(source.out(), portal, name, bind, ours, bind.resultFormats());
    replies.expect(new ExpectedReply.Acknowledgement('2', relayed));
  }

  /// The same Bind with all results in text or binary.
  public static FrontendMessage.Bind withResults(FrontendMessage.Bind bind, boolean binary) {
    return new FrontendMessage.Bind(
        bind.portal(),
        bind.statement(),
        bind.formats(),
        bind.parameters(),
        bind.values(),
        binary ? BINARY_RESULTS : TEXT_RESULTS);
  }

  public void describePortal(UpstreamConnection source, String portal, ResultShape shape) {
    FrontendMessages.describe(source.out(), 'P', portal);
    replies.expect(new ExpectedReply.PortalDescription(shape));
  }

  public void describeStatement(
      UpstreamConnection source, String name, int clientParameters, ResultShape shape) {
    FrontendMessages.describe(source.out(), 'S', name);
    replies.expect(new ExpectedReply.StatementDescription(clientParameters, shape));
  }

  /// Tells the client what rows the statement gives, and nothing of its parameters.
  public void describeRows(UpstreamConnection source, String name, ResultShape shape) {
    FrontendMessages.describe(source.out(), 'S', name);
    replies.expect(new ExpectedReply.RowsDescription(shape));
  }

  /// Makes sure that the statement's result types are the ones the client was told.
  public void requireShape(UpstreamConnection source, String name, ResultShape shape) {
    FrontendMessages.describe(source.out(), 'S', name);
    replies.expect(new ShapeReply(shape));
  }

  public void execute(UpstreamConnection source, String portal, int maximumRows, Reply rows) {
    FrontendMessages.execute(source.out(), portal, maximumRows);
    replies.expect(rows);
  }

  /// Runs a query whose description and rows one reply takes, in a portal of our own.
  public void copy(
      UpstreamConnection source, GovernedQuery query, FrontendMessage.Bind bind, Reply reply) {
    String name = prepare(source, query, List.of(), false, false);
    bind(source, query, name, OWN_PORTAL, bind, false);
    FrontendMessages.describe(source.out(), 'P', OWN_PORTAL);
    FrontendMessages.execute(source.out(), OWN_PORTAL, 0);
    replies.expect(reply);
    closePortal(source, OWN_PORTAL, false);
  }

  public void closePortal(UpstreamConnection source, String portal, boolean relayed) {
    FrontendMessages.close(source.out(), 'P', portal);
    replies.expect(new ExpectedReply.Acknowledgement('3', relayed));
  }

  public void sync(UpstreamConnection source) {
    FrontendMessages.sync(source.out());
    replies.expect(new ReadyReply());
  }

  /// Runs a constant statement of ours whose only answer is a command tag, relayed to the client.
  public void command(UpstreamConnection source, String sql) {
    command(source, sql, true);
  }

  /// As [#command], but the client hears nothing of it.
  public void silentCommand(UpstreamConnection source, String sql) {
    command(source, sql, false);
  }

  private void command(UpstreamConnection source, String sql, boolean relayed) {
    FrontendMessages.parse(source.out(), "", sql, List.of());
    source.prepared().forgetUnnamed();
    FrontendMessages.bind(source.out(), OWN_PORTAL, "", NO_PARAMETERS, List.of(), TEXT_RESULTS);
    FrontendMessages.execute(source.out(), OWN_PORTAL, 0);
    replies.expect(new ExpectedReply.Acknowledgement('1', false));
    replies.expect(new ExpectedReply.Acknowledgement('2', false));
    replies.expect(new CommandReply(relayed));
    closePortal(source, OWN_PORTAL, false);
  }

  /// Runs a query of ours whose rows only the reply sees.
  public void internal(
      UpstreamConnection source, String sql, List<String> arguments, InternalReply reply) {
    FrontendMessages.parse(source.out(), "", sql, List.of());
    source.prepared().forgetUnnamed();
    FrontendMessage.Bind bind = bindOf(arguments.stream().map(Optional::of).toList());
    FrontendMessages.bind(source.out(), OWN_PORTAL, "", bind, List.of(), TEXT_RESULTS);
    FrontendMessages.execute(source.out(), OWN_PORTAL, 0);
    replies.expect(new ExpectedReply.Acknowledgement('1', false));
    replies.expect(new ExpectedReply.Acknowledgement('2', false));
    if (reply.hasOwnSync()) {
      FrontendMessages.sync(source.out());
      replies.expect(reply);
    } else {
      replies.expect(reply);
      closePortal(source, OWN_PORTAL, false);
    }
  }

  private void checkSchema(UpstreamConnection source, List<Long> oids) {
    long now = System.nanoTime();
    if (schemaCheck.isEmpty() || oids.isEmpty() || !source.prepared().mustCheck(oids, now)) {
      return;
    }
    SchemaCheck check = schemaCheck.get();
    Map<String, String> expected = new HashMap<>();
    for (long oid : oids) {
      expected.put(Long.toString(oid), check.expected().apply(sourceName, oid).orElse(""));
    }
    String list = oids.toString().replace('[', '{').replace(']', '}').replace(" ", "");
    internal(
        source,
        check.sql(),
        List.of(list),
        new InternalReply(
            'C',
            answer -> {
              Optional<RemitException> problem = drift(sourceName, answer, expected);
              if (answer.error().isEmpty() && problem.isEmpty()) {
                source.prepared().checked(oids, now);
              }
              return problem;
            }));
  }

  /// Empty as well when the check came to no end, cancelled for example: that is told as it is.
  private static Optional<RemitException> drift(
      SourceName name, InternalReply.Answer answer, Map<String, String> expected) {
    if (answer.error().isPresent() && !answer.error().get().isAboutStatement()) {
      return Optional.empty();
    }
    Map<String, String> found = new HashMap<>();
    answer.rows().forEach(row -> found.put(row.get(0), row.get(1)));
    if (answer.error().isEmpty() && found.equals(expected)) {
      return Optional.empty();
    }
    return Optional.of(
        new RemitException(
            ErrorCode.CATALOG_DRIFTED,
            "the schema of "
                + name
                + " is not the scanned one; ask an operator for `remit source scan "
                + name
                + "`"));
  }

  private static List<Long> types(GovernedQuery query, List<Long> client) {
    int own = query.clientParameters();
    if (query.policyValues().isEmpty() && client.size() <= own) {
      return client;
    }
    List<Long> types = new ArrayList<>(client.subList(0, Math.min(own, client.size())));
    if (!query.policyValues().isEmpty()) {
      while (types.size() < own) {
        types.add(0L);
      }
      query.policyValues().forEach(value -> types.add(TypeOids.of(value.type()).orElse(0L)));
    }
    return types;
  }
}

package dev.remit.proxy.systemcatalog;

import dev.remit.policy.model.PolicyValue;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.NamedArgument;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Functions, casts and words that look into the system catalog or tell of the session: replaced by
/// forms that tell only what the principal may know.
///
/// A cast to an object identifier type becomes the plain OID, or its text where that is what is
/// asked for: no value of such a type reaches the client's own expressions, because PostgreSQL
/// would read strings beside it as names of objects. One instance serves one statement.
public final class CatalogCalls {
  private static final Set<String> TEXTS = Set.of("text", "varchar", "name", "bpchar");

  /// An object identifier: as a number, and as PostgreSQL shows it.
  private record Reference(SqlNode oid, Supplier<Optional<SqlNode>> text) {}

  private final CallRules rules;
  private final ObjectNames names;
  private final Supplier<VisibleObjects> objects;
  private final ToIntFunction<PolicyValue> bind;
  private final IdentityHashMap<SqlNode, Reference> references = new IdentityHashMap<>();
  private boolean used;

  /// @param bind the index of the parameter that carries a value
  /// @param relation OID of a visible relation of the source's own, empty for one of the system;
  ///   refuses with 42P01
  public CatalogCalls(
      SystemCatalog catalog,
      Supplier<VisibleObjects> objects,
      ToIntFunction<PolicyValue> bind,
      Function<SqlIdentifier, OptionalLong> relation) {
    this.rules = new CallRules(catalog);
    this.names = new ObjectNames(catalog, objects, relation);
    this.objects = objects;
    this.bind = bind;
  }

  /// Whether the statement asked for any of them.
  public boolean used() {
    return used;
  }

  /// The governed relations inside the forms that were given.
  public Set<SystemRelation> relations() {
    return rules.used();
  }

  /// The call in a form that may be sent, or empty when there is none.
  public Optional<SqlNode> guarded(FunctionCall call) {
    List<String> parts = call.name().names;
    String last = parts.get(parts.size() - 1);
    boolean builtIn = parts.size() == 1 || (parts.size() == 2 && parts.get(0).equals("pg_catalog"));
    boolean plain =
        call.spelling() == FunctionCall.Spelling.PLAIN
            && call.options().equals(FunctionCall.Options.NONE)
            && call.orderBy().isEmpty()
            && call.filter().isEmpty()
            && call.window().isEmpty()
            && call.arguments().stream().noneMatch(NamedArgument.class::isInstance);
    if (!builtIn || !plain) {
      return Optional.empty();
    }
    List<SqlNode> arguments = call.arguments().stream().toList();
    Optional<SqlNode> form =
        build(isPlannersOnly(last, arguments) ? last + " jit" : last, arguments);
    if (last.startsWith("to_reg")) {
      String kind = last.substring("to_".length());
      form.ifPresent(
          oid -> references.put(oid, new Reference(oid, () -> build("text " + kind, arguments))));
    }
    return form;
  }

  /// `set_config('jit', …)`, which asyncpg asks for before it reads types: without effect here.
  private static boolean isPlannersOnly(String function, List<SqlNode> arguments) {
    return function.equals("set_config")
        && arguments.size() == 3
        && arguments.get(0) instanceof SqlLiteral name
        && name.getValue() != null
        && text(name).equals("jit");
  }

  /// A cast to an object identifier type, or of such a value to another type, in a form that may be
  /// sent; empty when the cast has to do with neither.
  public Optional<SqlNode> guardedCast(Cast cast) {
    List<String> parts = cast.type().names();
    String type = parts.get(parts.size() - 1);
    boolean builtIn = parts.size() == 1 || (parts.size() == 2 && parts.get(0).equals("pg_catalog"));
    Reference reference = references.get(cast.value());
    if (reference != null) {
      boolean shown = builtIn && TEXTS.contains(type) && cast.type().bounds().isEmpty();
      cast.setOperand(0, shown ? reference.text().get().orElse(reference.oid()) : reference.oid());
    }
    if (!builtIn || !type.startsWith("reg") || !cast.type().bounds().isEmpty()) {
      return Optional.empty();
    }
    return reference(type, cast.value());
  }

  private Optional<SqlNode> reference(String type, SqlNode value) {
    if (value instanceof SqlLiteral literal && literal.getValue() != null) {
      Optional<SqlNode> own = names.ofSystem(type, value, text(literal));
      if (own.isPresent()) {
        used = true;
        Cast oid = new Cast(SqlParserPos.ZERO, own.get(), ObjectNames.type("oid"));
        references.put(
            oid,
            new Reference(
                oid,
                () ->
                    Optional.of(new Cast(SqlParserPos.ZERO, own.get(), ObjectNames.type("text")))));
        return Optional.of(oid);
      }
    }
    SqlNode looked = names.lookedUp(type, value);
    Supplier<Optional<SqlNode>> text = () -> build("text " + type, List.of(looked));
    Optional<SqlNode> oid = build("cast " + type, List.of(looked));
    // A column cast to show its name is shown, anything else is compared with OIDs.
    Optional<SqlNode> form = value instanceof SqlIdentifier ? text.get() : oid;
    if (form.isPresent() && oid.isPresent()) {
      references.put(form.get(), new Reference(oid.get(), text));
    }
    return form;
  }

  private static String text(SqlLiteral literal) {
    String text = literal.toValue();
    return text == null ? "" : text;
  }

  /// `current_user` and its kin; empty when it is refused.
  public Optional<SqlNode> guardedValue(Construct construct) {
    return build(construct.modifier(), List.of());
  }

  private Optional<SqlNode> build(String rule, List<SqlNode> arguments) {
    used = true;
    List<PolicyValue> values = objects.get().values();
    return rules.build(
        rule,
        arguments,
        index -> new SqlDynamicParam(bind.applyAsInt(values.get(index)), SqlParserPos.ZERO));
  }
}

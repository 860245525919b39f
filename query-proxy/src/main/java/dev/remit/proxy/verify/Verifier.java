package dev.remit.proxy.verify;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.model.ColumnDecision;
import dev.remit.policy.model.SqlExpression;
import dev.remit.policy.model.TableDecision;
import dev.remit.proxy.govern.AllowLists;
import dev.remit.proxy.govern.TextSearchNames;
import dev.remit.proxy.govern.TypeTexts;
import dev.remit.sql.PostgresSql;
import dev.remit.sql.model.CommonTable;
import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.Target;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.FieldAccess;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.Operation;
import dev.remit.sql.model.expression.Quantified;
import dev.remit.sql.model.expression.TypeName;
import dev.remit.sql.model.worded.Worded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/// Walks the emitted statement, parsed again, and refuses it when anything in it is not covered by
/// the decision. Knows nothing of how the statement was made.
///
/// Two kinds of place: *inside* a governed table everything must equal the decision; *outside*
/// there is no relation but WITH queries, and every function, operator and type is looked up in the
/// allow lists.
public final class Verifier {

  /// Begins the alias of a view's definition; followed by `schema.name`.
  public static final String VIEW_PREFIX = "view ";

  private final AllowLists lists;
  private final Expectation expectation;
  private final Deque<Set<String>> commonTables = new ArrayDeque<>();
  private final Canonical texts = new Canonical();
  private final List<CatalogForm> catalog;
  private final Set<String> viewsSeen = new HashSet<>();

  private Verifier(AllowLists lists, Expectation expectation) {
    this.lists = lists;
    this.expectation = expectation;
    this.catalog =
        expectation.catalog().stream()
            .map(relation -> CatalogForm.of(relation, expectation.visible(), texts))
            .toList();
  }

  /// Refuses with INTERNAL when the statement is not what was decided.
  public static void verify(Query emitted, AllowLists lists, Expectation expectation) {
    Verifier verifier = new Verifier(lists, expectation);
    verifier.outside(emitted);
    if (!verifier.viewsSeen.equals(expectation.views().keySet())) {
      throw failed("a view's own decision is missing");
    }
  }

  private static RemitException failed(String what) {
    return new RemitException(
        ErrorCode.INTERNAL, "the statement was not sent: its check failed (" + what + ")");
  }

  private void outside(@Nullable SqlNode node) {
    switch (node) {
      case null -> {}
      case Query query -> query(query);
      case FromItem.Subquery subquery -> subquery(subquery);
      case FromItem.TableName table -> commonTable(table);
      case FunctionCall call -> {
        function(call);
        operands(call);
      }
      case Operation operation -> {
        operator(operation.schema(), operation.symbol());
        operands(operation);
      }
      case Quantified quantified -> {
        operator(quantified.schema(), quantified.symbol());
        operands(quantified);
      }
      case Cast cast -> {
        cast(cast);
        operands(cast);
      }
      case FieldAccess access -> {
        if (!access.isStar() && !expectation.attributes().isHarmless(access.field())) {
          throw failed("attribute " + access.field());
        }
        operands(access);
      }
      case Worded call -> worded(call);
      case FromItem.ColumnDefinition definition -> type((TypeName) definition.type());
      case SqlNodeList list -> list.forEach(this::outside);
      case SqlCall call -> operands(call);
      default -> {}
    }
  }

  private void worded(Worded call) {
    call.getOperandList().stream()
        .filter(TypeName.class::isInstance)
        .forEach(type -> type((TypeName) type));
    operands(call);
  }

  private void operands(SqlCall call) {
    for (@Nullable SqlNode operand : call.getOperandList()) {
      outside(operand);
    }
  }

  private void query(Query query) {
    if (!query.locking().isEmpty()) {
      throw failed("a locking clause");
    }
    Set<String> names = new HashSet<>();
    commonTables.push(names);
    if (query.recursive()) {
      query.with().forEach(item -> names.add(((CommonTable) item).name()));
    }
    for (SqlNode item : query.with()) {
      outside(((CommonTable) item).query());
      names.add(((CommonTable) item).name());
    }
    outside(query.body());
    outside(query.orderBy());
    query.limit().ifPresent(this::outside);
    query.offset().ifPresent(this::outside);
    commonTables.pop();
  }

  private void commonTable(FromItem.TableName table) {
    List<String> names = table.name().names;
    boolean known =
        names.size() == 1 && commonTables.stream().anyMatch(level -> level.contains(names.get(0)));
    if (!known || table.only() || table.sample().isPresent()) {
      throw failed("a relation outside a governed table");
    }
  }

  private void subquery(FromItem.Subquery subquery) {
    Query query = (Query) subquery.query();
    if (isTemplate(query)) {
      return;
    }
    FromItem.@Nullable TableName base = onlyRelation(query);
    if (base != null) {
      governed(query, base);
      return;
    }
    view(query);
    outside(query);
  }

  private boolean isTemplate(Query query) {
    if (catalog.isEmpty()) {
      return false;
    }
    CatalogForm.Parts parts = CatalogForm.Parts.of(query, this::canonical);
    for (CatalogForm form : catalog) {
      Optional<List<SqlNode>> added = form.added(parts);
      if (added.isPresent()) {
        added.get().forEach(condition -> copy(condition, form.columns(), form.alias()));
        return true;
      }
    }
    return false;
  }

  /// The qualified relation that this query reads and nothing else, or null.
  private static FromItem.@Nullable TableName onlyRelation(Query query) {
    if (query.body() instanceof Select select
        && select.from().size() == 1
        && select.from().get(0) instanceof FromItem.TableName table
        && table.name().names.size() > 1) {
      return table;
    }
    return null;
  }

  private void governed(Query query, FromItem.TableName table) {
    String name = String.join(".", table.name().names);
    TableDecision.@Nullable Allow decision = expectation.tables().get(name);
    if (decision == null || table.name().names.size() != 2) {
      throw failed("a relation without decision");
    }
    if (table.sample().isPresent() || table.alias().isPresent()) {
      throw failed("a relation in another form");
    }
    shape(query, expectation.unfenced().contains(name));
    targets((Select) query.body(), decision);
    conditions((Select) query.body(), decision, table.name().names.get(1));
  }

  private static void shape(Query query, boolean mayBeOpen) {
    Select select = (Select) query.body();
    boolean plain =
        query.with().isEmpty()
            && query.orderBy().isEmpty()
            && query.limit().isEmpty()
            && query.locking().isEmpty()
            && select.quantity() == Select.Quantity.ALL
            && select.groupBy().isEmpty()
            && select.having().isEmpty()
            && select.windows().isEmpty();
    boolean fenced =
        query.offset().filter(zero -> zero instanceof SqlLiteral).isPresent()
            && PostgresSql.write(query.offset().get()).equals("0");
    boolean noOffset = query.offset().isEmpty();
    if (!plain || !(fenced || (noOffset && mayBeOpen))) {
      throw failed("a governed table without its fence");
    }
  }

  private void targets(Select select, TableDecision.Allow decision) {
    SqlNodeList targets = select.targets();
    if (targets.size() != decision.columns().size()) {
      throw failed("other columns than decided");
    }
    for (int i = 0; i < targets.size(); i++) {
      if (!isDecided((Target) targets.get(i), decision.columns().get(i))) {
        throw failed("a column other than decided");
      }
    }
  }

  private boolean isDecided(Target target, ColumnDecision column) {
    String name = column.column().name();
    if (column.mask().isPresent()) {
      return target.label().equals(Optional.of(name))
          && canonical(target.expression()).equals(canonical(column.mask().get()));
    }
    return target.label().orElse(name).equals(name)
        && target.expression() instanceof SqlIdentifier identifier
        && identifier.isSimple()
        && !identifier.isStar()
        && identifier.getSimple().equals(name);
  }

  private void conditions(Select select, TableDecision.Allow decision, String inside) {
    List<SqlNode> conjuncts = new ArrayList<>();
    select.where().ifPresent(where -> CatalogForm.flatten(where, conjuncts));
    Set<String> present = new HashSet<>();
    conjuncts.forEach(conjunct -> present.add(canonical(conjunct)));
    Set<String> filters = new HashSet<>();
    for (SqlExpression filter : decision.filters()) {
      List<SqlNode> parts = new ArrayList<>();
      CatalogForm.flatten(filter.tree(), parts);
      for (SqlNode part : parts) {
        filters.add(canonical(new SqlExpression(part, filter.values())));
      }
    }
    if (!present.containsAll(filters)) {
      throw failed("a row filter is missing");
    }
    Set<String> clear = new HashSet<>();
    for (ColumnDecision column : decision.columns()) {
      if (column.mask().isEmpty()) {
        clear.add(column.column().name());
      }
    }
    for (SqlNode conjunct : conjuncts) {
      if (!filters.contains(canonical(conjunct))) {
        copy(conjunct, clear, inside);
      }
    }
  }

  /// A condition that is no filter: constants, clear columns and columns of an enclosing query, no
  /// function, no subquery.
  ///
  /// @param inside the name that would not mean an enclosing query
  private static void copy(SqlNode node, Set<String> clear, String inside) {
    if (node instanceof Query || node instanceof FunctionCall) {
      throw failed("a condition inside the fence");
    }
    if (node instanceof SqlIdentifier identifier) {
      boolean outer = identifier.names.size() == 2 && !identifier.names.get(0).equals(inside);
      boolean own = identifier.isSimple() && clear.contains(identifier.getSimple());
      if (identifier.isStar() || !(outer || own)) {
        throw failed("a condition on another column inside the fence");
      }
    } else if (node instanceof SqlNodeList list) {
      list.forEach(item -> copy(item, clear, inside));
    } else if (node instanceof SqlCall call) {
      for (@Nullable SqlNode operand : call.getOperandList()) {
        if (operand != null) {
          copy(operand, clear, inside);
        }
      }
    }
  }

  /// A view's own columns, masks and filters stand around its definition, which has a name that
  /// only the rewriter gives.
  private void view(Query query) {
    if (!(query.body() instanceof Select select)) {
      return;
    }
    for (SqlNode item : select.from()) {
      String name = ((FromItem) item).alias().map(FromItem.Alias::name).orElse("");
      if (name.startsWith(VIEW_PREFIX)) {
        String view = name.substring(VIEW_PREFIX.length());
        TableDecision.@Nullable Allow decision = expectation.views().get(view);
        if (decision == null || select.from().size() != 1) {
          throw failed("a view without decision");
        }
        shape(query, false);
        targets(select, decision);
        conditions(select, decision, name);
        viewsSeen.add(view);
      }
    }
  }

  private String canonical(SqlNode node) {
    return texts.text(node, expectation.clientParameters(), expectation.policyValues());
  }

  private String canonical(SqlExpression expression) {
    return texts.text(expression.tree(), 0, expression.values());
  }

  private void function(FunctionCall call) {
    List<String> names = call.name().names;
    if (expectation.extensionNames().contains(String.join(".", names))) {
      return;
    }
    if (names.equals(List.of("unnest")) && call.arguments().size() > 1) {
      return;
    }
    boolean builtIn = names.size() == 2 && names.get(0).equals("pg_catalog");
    String name = builtIn ? names.get(1) : String.join(".", names);
    if (builtIn && TypeTexts.isOne(name)) {
      type(TypeTexts.type(call).orElseThrow(() -> failed("a type in a text")));
      return;
    }
    boolean listed =
        (builtIn && lists.isFree(name, call.arguments().size()))
            || lists.is(AllowLists.FunctionClass.HARMLESS, name)
            || (builtIn
                && lists.is(AllowLists.FunctionClass.CATALOG, name)
                && CatalogGuards.isGuard(call.arguments().get(0), this::isTemplate));
    boolean named =
        TextSearchNames.type(name, call).isEmpty()
            || (call.arguments().get(0) instanceof Cast cast
                && cast.type().names().getLast().startsWith("reg"));
    boolean ofTransaction = name.equals("age") && call.arguments().size() == 1;
    if (!listed || !named || ofTransaction) {
      throw failed("function " + name);
    }
  }

  /// Object identifiers come from a governed catalog relation or name PostgreSQL's own objects.
  private void cast(Cast cast) {
    List<String> names = cast.type().names();
    boolean reference =
        names.size() == 2 && names.get(0).equals("pg_catalog") && names.get(1).startsWith("reg");
    if (!reference) {
      type(cast.type());
      return;
    }
    if (!CatalogGuards.isOwn(cast.value())
        && !CatalogGuards.isGuard(cast.value(), this::isTemplate)) {
      throw failed("an object identifier");
    }
  }

  private void operator(List<String> schema, String symbol) {
    if (expectation.extensionNames().contains(String.join(".", schema) + "." + symbol)) {
      return;
    }
    boolean builtIn = schema.isEmpty() || schema.equals(List.of("pg_catalog"));
    if (!builtIn || !lists.isOperator(symbol)) {
      throw failed("operator " + symbol);
    }
  }

  private void type(TypeName type) {
    List<String> names = type.names();
    boolean known =
        names.size() == 2
            && (names.get(0).equals("pg_catalog")
                ? lists.isType(names.get(1))
                : expectation.userTypes().contains(String.join(".", names)));
    if (!known) {
      throw failed("type " + String.join(".", names));
    }
  }
}

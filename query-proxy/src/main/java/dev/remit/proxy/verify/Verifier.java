package dev.remit.proxy.verify;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.model.ColumnDecision;
import dev.remit.policy.model.SqlExpression;
import dev.remit.policy.model.TableDecision;
import dev.remit.proxy.govern.AllowLists;
import dev.remit.sql.PostgresSql;
import dev.remit.sql.model.CommonTable;
import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.SetOperation;
import dev.remit.sql.model.Target;
import dev.remit.sql.model.ValuesRows;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Collation;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FieldAccess;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.NamedArgument;
import dev.remit.sql.model.expression.Operation;
import dev.remit.sql.model.expression.Quantified;
import dev.remit.sql.model.expression.SortItem;
import dev.remit.sql.model.expression.Subscript;
import dev.remit.sql.model.expression.TypeName;
import dev.remit.sql.model.expression.WindowDefinition;
import dev.remit.sql.model.worded.Worded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
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

  private final Expectation expectation;
  private final ListedNames names;
  private final Deque<Set<String>> commonTables = new ArrayDeque<>();
  private final Canonical texts = new Canonical();
  private final List<CatalogForm> catalog;
  private final Set<String> viewsSeen = new HashSet<>();
  private final Map<String, Integer> open = new HashMap<>();

  private Verifier(AllowLists lists, Expectation expectation) {
    this.expectation = expectation;
    this.names = new ListedNames(lists, expectation, this::isTemplate);
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
    verifier.open.forEach((table, times) -> {
      if (times > expectation.unfenced().getOrDefault(table, 0)) {
        throw failed("a governed table without its fence");
      }
    });
  }

  static RemitException failed(String what) {
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
        names.checkFunction(call);
        operands(call);
      }
      case Operation operation -> {
        names.checkOperator(operation.schema(), operation.symbol());
        operands(operation);
      }
      case Quantified quantified -> {
        names.checkOperator(quantified.schema(), quantified.symbol());
        operands(quantified);
      }
      case Cast cast -> {
        names.checkCast(cast);
        outside(cast.value());
        operands(cast.type());
      }
      case FieldAccess access -> {
        if (!access.isStar() && !expectation.attributes().isHarmless(access.field())) {
          throw failed("attribute " + access.field());
        }
        operands(access);
      }
      case TypeName type -> {
        names.checkType(type);
        operands(type);
      }
      case SqlNodeList list -> list.forEach(this::outside);
      case SqlCall call when isStructure(call) -> operands(call);
      case SqlIdentifier name -> {}
      case SqlLiteral literal -> {}
      case SqlDynamicParam parameter -> {}
      default -> throw failed("a form without a rule, " + node.getClass().getSimpleName());
    }
  }

  /// Forms that are as harmless as their parts. Whatever the grammar learns later is refused until
  /// it has a rule here.
  private static boolean isStructure(SqlCall call) {
    return switch (call) {
      case Select form -> true;
      case SetOperation form -> true;
      case ValuesRows form -> true;
      case Target form -> true;
      case FromItem.Join form -> true;
      case FromItem.Functions form -> true;
      case FromItem.FunctionSource form -> true;
      case FromItem.ColumnDefinition form -> true;
      case Construct form -> true;
      case Subscript form -> true;
      case Collation form -> true;
      case NamedArgument form -> true;
      case SortItem form -> true;
      case WindowDefinition form -> true;
      case Worded form -> true;
      default -> false;
    };
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
    Set<String> known = new HashSet<>();
    commonTables.push(known);
    if (query.recursive()) {
      query.with().forEach(item -> known.add(((CommonTable) item).name()));
    }
    for (SqlNode item : query.with()) {
      operands((CommonTable) item);
      known.add(((CommonTable) item).name());
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
        copies(added.get(), new CopiedCondition(expectation.facts(), form.columns(), form.alias()));
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
    if (!isFenced(query)) {
      open.merge(name, 1, Integer::sum);
    }
    targets((Select) query.body(), decision);
    conditions((Select) query.body(), decision, table.name().names.get(1));
  }

  /// Whether `OFFSET 0` closes the query; what has any other clause is refused.
  private static boolean isFenced(Query query) {
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
        query
            .offset()
            .filter(zero -> zero instanceof SqlLiteral && PostgresSql.write(zero).equals("0"))
            .isPresent();
    if (!plain || (query.offset().isPresent() && !fenced)) {
      throw failed("a governed table in another form");
    }
    return fenced;
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
    Map<String, Long> clear = new HashMap<>();
    for (ColumnDecision column : decision.columns()) {
      if (column.mask().isEmpty()) {
        clear.put(column.column().name(), column.column().type().oid());
      }
    }
    conjuncts.removeIf(conjunct -> filters.contains(canonical(conjunct)));
    copies(conjuncts, new CopiedCondition(expectation.facts(), clear, inside));
  }

  private static void copies(List<SqlNode> conditions, CopiedCondition copied) {
    if (!conditions.stream().allMatch(copied::isHarmless)) {
      throw failed("a condition inside the fence");
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
        if (!isFenced(query)) {
          throw failed("a view without its fence");
        }
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
}

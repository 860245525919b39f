/* ---- queries ---- */

/** `[WITH …] body [ORDER BY …] [LIMIT …] …`. */
Query PgQuery() :
{
    boolean recursive = false;
    SqlNodeList with = null;
    SqlNode body;
    Query query;
    SqlParserPos position = here();
}
{
    { enter(); }
    [ LOOKAHEAD({ at("with") })
        <WITH> [ LOOKAHEAD({ at("recursive") }) <RECURSIVE> { recursive = true; } ]
        with = PgCommonTables() ]
    { if (at("insert") || at("update") || at("delete") || at("merge")) { throw Words.writes(getToken(1)); } }
    body = PgBody(1)
    query = PgClauses(position, recursive, with, body)
    { leave(); return query; }
}

/** The rest of a query that began with one in parentheses. */
Query PgQueryRest(Query first) :
{
    SqlNode body = QueryParts.unwrapped(first);
    Query query;
}
{
    body = PgBodyRest(body, 1)
    query = PgClauses(first.getParserPosition(), false, null, body)
    { return query; }
}

SqlNodeList PgCommonTables() :
{
    SqlParserPos position = here();
    List<SqlNode> list = new ArrayList<SqlNode>();
    SqlNode table;
}
{
    table = PgCommonTable() { list.add(table); }
    ( LOOKAHEAD({ at(",") }) <COMMA> table = PgCommonTable() { list.add(table); } )*
    { return new SqlNodeList(list, position); }
}

SqlNode PgCommonTable() :
{
    SqlParserPos position = here();
    String name;
    List<String> columns = new ArrayList<String>();
    CommonTable.Materialization materialization = CommonTable.Materialization.UNSAID;
    CommonTable.Search search = null;
    CommonTable.Cycle cycle = null;
    SqlParserPos where;
    List<String> paths;
    String mark;
    String path;
    SqlNode query;
    SqlNode closing = null;
    SqlNode other = null;
}
{
    name = PgColumnName()
    [ LOOKAHEAD({ at("(") }) columns = PgNameList() ]
    <AS>
    [ LOOKAHEAD({ at("not") || at("materialized") }) (
        LOOKAHEAD({ at("not") })
        <NOT> <MATERIALIZED> { materialization = CommonTable.Materialization.NOT_MATERIALIZED; }
    |
        LOOKAHEAD({ at("materialized") })
        <MATERIALIZED> { materialization = CommonTable.Materialization.MATERIALIZED; }
    ) ]
    { if (at2("insert") || at2("update") || at2("delete") || at2("merge")) { throw Words.writes(getToken(2)); } }
    query = PgQueryInParentheses()
    [ LOOKAHEAD({ at("search") }) search = PgSearch() ]
    [ LOOKAHEAD({ at("cycle") })
        { where = here(); } <CYCLE> paths = PgColumnNames() <SET> mark = PgColumnName()
        [ LOOKAHEAD({ at("to") }) <TO> closing = PgMark() <DEFAULT_> other = PgMark() ]
        <USING> path = PgColumnName() { cycle = new CommonTable.Cycle(where, paths, mark, path); } ]
    { return new CommonTable(position, name, columns, materialization, search, cycle, query, closing, other); }
}

CommonTable.Search PgSearch() :
{
    SqlParserPos position = here();
    List<String> columns;
    String sequence;
    boolean breadth = false;
}
{
    <SEARCH>
    (
        LOOKAHEAD({ at("breadth") })
        <BREADTH> { breadth = true; }
    |
        LOOKAHEAD({ true })
        <DEPTH>
    )
    <FIRST> <BY> columns = PgColumnNames() <SET> sequence = PgColumnName()
    { return new CommonTable.Search(position, breadth, columns, sequence); }
}

/** Names with commas between. */
List<String> PgColumnNames() :
{
    List<String> names = new ArrayList<String>();
    String name;
}
{
    name = PgColumnName() { names.add(name); }
    ( LOOKAHEAD({ at(",") }) <COMMA> name = PgColumnName() { names.add(name); } )*
    { return names; }
}

/** A constant: the grammar takes no expression here. */
SqlNode PgMark() :
{
    SqlNode node;
    Token first = getToken(1);
}
{
    node = PgPrimary()
    { if (!(node instanceof SqlLiteral)) { throw Words.notSupported(first, "a mark of CYCLE that is no plain constant"); } return node; }
}

/** Set operations of at least this level: 1 UNION and EXCEPT, 2 INTERSECT. */
SqlNode PgBody(int level) :
{
    SqlNode left;
}
{
    left = PgBodyTerm()
    left = PgBodyRest(left, level)
    { return left; }
}

SqlNode PgBodyRest(SqlNode start, int minimum) :
{
    SqlNode left = start;
    SqlNode right;
    int level = 0;
    boolean all;
    String word;
    Token operator;
}
{
    (
        LOOKAHEAD({ (level = QueryParts.level(getToken(1))) >= minimum })
        operator = PgTake() { all = false; }
        [ LOOKAHEAD({ at("all") || at("distinct") }) (
            LOOKAHEAD({ at("all") })
            <ALL> { all = true; }
        |
            LOOKAHEAD({ at("distinct") })
            <DISTINCT>
        ) ]
        right = PgBody(level + 1)
        { left = QueryParts.operation(operator, all, left, right); }
    )*
    { return left; }
}

SqlNode PgBodyTerm() :
{
    SqlNode node;
    SqlParserPos position = here();
}
{
    LOOKAHEAD({ at("(") })
    node = PgQueryInParentheses()
    { return QueryParts.unwrapped((Query) node); }
|
    LOOKAHEAD({ at("values") })
    node = PgValues()
    { return node; }
|
    LOOKAHEAD({ at("table") })
    <TABLE> node = PgRelation(null)
    { return QueryParts.table(position, node); }
|
    LOOKAHEAD({ true })
    node = PgSelect()
    { return node; }
}

SqlNode PgValues() :
{
    SqlParserPos position = here();
    List<SqlNode> rows = new ArrayList<SqlNode>();
    SqlNodeList row;
}
{
    <VALUES> <LPAREN> row = PgExpressionList() <RPAREN> { rows.add(row); }
    ( LOOKAHEAD({ at(",") }) <COMMA> <LPAREN> row = PgExpressionList() <RPAREN> { rows.add(row); } )*
    { return new ValuesRows(position, new SqlNodeList(rows, position)); }
}

SqlNode PgSelect() :
{
    SqlParserPos position = here();
    Select.Quantity quantity = Select.Quantity.ALL;
    SqlNodeList distinctOn = null;
    SqlNodeList targets = new SqlNodeList(position);
    SqlNodeList from = null;
    SqlNode where = null;
    boolean groupDistinct = false;
    SqlNodeList groupBy = null;
    SqlNode having = null;
    SqlNodeList windows = null;
}
{
    <SELECT>
    [ LOOKAHEAD({ at("all") || at("distinct") }) (
        LOOKAHEAD({ at("all") })
        <ALL>
    |
        LOOKAHEAD({ at("distinct") })
        <DISTINCT> { quantity = Select.Quantity.DISTINCT; }
        [ LOOKAHEAD({ at("on") }) <ON> <LPAREN> { quantity = Select.Quantity.DISTINCT_ON; } distinctOn = PgExpressionList() <RPAREN> ]
    ) ]
    [ LOOKAHEAD({ quantity != Select.Quantity.ALL || !Words.endsTargets(getToken(1)) }) targets = PgTargets() ]
    { if (at("into")) { throw Words.writes(getToken(1)); } }
    [ LOOKAHEAD({ at("from") }) <FROM> from = PgFromList() ]
    [ LOOKAHEAD({ at("where") }) <WHERE> where = PgExpression() ]
    [ LOOKAHEAD({ at("group") }) <GROUP> <BY>
        [ LOOKAHEAD({ at("all") }) <ALL> ]
        [ LOOKAHEAD({ at("distinct") }) <DISTINCT> { groupDistinct = true; } ]
        groupBy = PgGroupItems() ]
    [ LOOKAHEAD({ at("having") }) <HAVING> having = PgExpression() ]
    [ LOOKAHEAD({ at("window") }) <WINDOW> windows = PgWindows() ]
    { return new Select(position, quantity, distinctOn, targets, from, where, groupDistinct, groupBy, having, windows); }
}

SqlNodeList PgTargets() :
{
    SqlParserPos position = here();
    List<SqlNode> list = new ArrayList<SqlNode>();
    SqlNode node;
}
{
    node = PgTarget() { list.add(node); }
    ( LOOKAHEAD({ at(",") }) <COMMA> node = PgTarget() { list.add(node); } )*
    { return new SqlNodeList(list, position); }
}

SqlNode PgTarget() :
{
    SqlParserPos position = here();
    SqlNode node;
    String label = null;
}
{
    LOOKAHEAD({ atOperator("*") })
    <PG_OPERATOR> { return new Target(position, SqlIdentifier.star(position), null); }
|
    LOOKAHEAD({ true })
    node = PgExpression()
    [ LOOKAHEAD({ at("as") || Words.isBareLabel(getToken(1)) })
        [ LOOKAHEAD({ at("as") }) <AS> ]
        label = PgLabel()
    ]
    { return new Target(position, node, label); }
}

SqlNodeList PgGroupItems() :
{
    SqlParserPos position = here();
    List<SqlNode> list = new ArrayList<SqlNode>();
    SqlNode node;
}
{
    node = PgGroupItem() { list.add(node); }
    ( LOOKAHEAD({ at(",") }) <COMMA> node = PgGroupItem() { list.add(node); } )*
    { return new SqlNodeList(list, position); }
}

SqlNode PgGroupItem() :
{
    SqlParserPos position = here();
    SqlNodeList list;
    SqlNode node;
}
{
    LOOKAHEAD({ at("(") && at2(")") })
    <LPAREN> <RPAREN>
    { return new Construct(position, Construct.Form.EMPTY_GROUPING, new SqlNode[0]); }
|
    LOOKAHEAD({ at("grouping") && at2("sets") })
    { enter(); } <GROUPING> <SETS> <LPAREN> list = PgGroupItems() <RPAREN>
    { leave(); return Trees.construct(Construct.Form.GROUPING_SETS, position, list.getList()); }
|
    LOOKAHEAD({ at("cube") && at2("(") })
    <CUBE> <LPAREN> list = PgExpressionList() <RPAREN>
    { return Trees.construct(Construct.Form.CUBE, position, list.getList()); }
|
    LOOKAHEAD({ at("rollup") && at2("(") })
    <ROLLUP> <LPAREN> list = PgExpressionList() <RPAREN>
    { return Trees.construct(Construct.Form.ROLLUP, position, list.getList()); }
|
    LOOKAHEAD({ true })
    node = PgExpression()
    { return node; }
}

SqlNodeList PgWindows() :
{
    SqlParserPos position = here();
    List<SqlNode> list = new ArrayList<SqlNode>();
    String name;
    WindowDefinition window;
}
{
    name = PgColumnName() <AS> window = PgWindow() { list.add(window.as(name)); }
    ( LOOKAHEAD({ at(",") }) <COMMA> name = PgColumnName() <AS> window = PgWindow() { list.add(window.as(name)); } )*
    { return new SqlNodeList(list, position); }
}

SqlNodeList PgOrderBy() :
{
    SqlParserPos position = here();
    List<SqlNode> list = new ArrayList<SqlNode>();
    SqlNode node;
}
{
    <ORDER> <BY> node = PgSortItem() { list.add(node); }
    ( LOOKAHEAD({ at(",") }) <COMMA> node = PgSortItem() { list.add(node); } )*
    { return new SqlNodeList(list, position); }
}

SqlNode PgSortItem() :
{
    SqlParserPos position = here();
    SqlNode node;
    SortItem.Direction direction = SortItem.Direction.UNSAID;
    SortItem.Nulls nulls = SortItem.Nulls.UNSAID;
    List<String> operator = new ArrayList<String>();
}
{
    node = PgExpression()
    [ LOOKAHEAD({ at("asc") || at("desc") || at("using") }) (
        LOOKAHEAD({ at("asc") })
        <ASC> { direction = SortItem.Direction.ASC; }
    |
        LOOKAHEAD({ at("desc") })
        <DESC> { direction = SortItem.Direction.DESC; }
    |
        LOOKAHEAD({ at("using") })
        <USING> operator = PgOperator() { direction = SortItem.Direction.USING; }
    ) ]
    [ LOOKAHEAD({ at("nulls") })
        <NULLS>
        (
            LOOKAHEAD({ at("first") })
            <FIRST> { nulls = SortItem.Nulls.FIRST; }
        |
            LOOKAHEAD({ true })
            <LAST> { nulls = SortItem.Nulls.LAST; }
        )
    ]
    { return new SortItem(position, node, direction, operator, nulls); }
}

/** ORDER BY, LIMIT, OFFSET, FETCH and FOR after a body. */
Query PgClauses(SqlParserPos position, boolean recursive, SqlNodeList with, SqlNode body) :
{
    QueryParts clauses = new QueryParts();
    SqlNodeList order = null;
    SqlNode node;
    boolean ties = false;
    String locking;
}
{
    [ LOOKAHEAD({ at("order") }) order = PgOrderBy() ]
    ( LOOKAHEAD({ at("limit") || at("offset") || at("fetch") || at("for") }) (
        LOOKAHEAD({ at("limit") })
        <LIMIT> { clauses.limited(token); }
        (
            LOOKAHEAD({ at("all") })
            <ALL>
        |
            LOOKAHEAD({ true })
            node = PgExpression() { clauses.limit(node); }
        )
        { if (at(",")) { throw Words.syntaxError(getToken(1)); } }
    |
        LOOKAHEAD({ at("offset") })
        <OFFSET> { clauses.skipped(token); } node = PgExpression() { clauses.offset(node); }
        [ LOOKAHEAD({ at("row") || at("rows") }) PgTake() ]
    |
        LOOKAHEAD({ at("fetch") })
        <FETCH> { clauses.limited(token); QueryParts.requireOne(getToken(1), "first", "next"); } PgTake()
        (
            LOOKAHEAD({ at("row") || at("rows") })
            { node = Trees.one(here()); }
        |
            LOOKAHEAD({ true })
            node = PgFetchCount()
        )
        { QueryParts.requireOne(getToken(1), "row", "rows"); } PgTake()
        (
            LOOKAHEAD({ at("with") })
            <WITH> <TIES> { ties = true; }
        |
            LOOKAHEAD({ true })
            <ONLY>
        )
        { clauses.limit(node); }
    |
        LOOKAHEAD({ at("for") })
        locking = PgLocking() { clauses.lock(locking); }
    ) )*
    { return clauses.query(position, recursive, with, body, order, ties); }
}

/** c_expr, or a number with a sign. */
SqlNode PgFetchCount() :
{
    SqlNode node;
    SqlParserPos position = here();
    Token sign;
}
{
    LOOKAHEAD({ Precedence.isPrefixSign(getToken(1)) })
    sign = PgTake() <PG_NUMBER>
    { return new Operation(position, new ArrayList<String>(), Words.text(sign), new SqlNode[] {Trees.number(token)}); }
|
    LOOKAHEAD({ true })
    node = PgPrimary()
    { return node; }
}

/** `FOR UPDATE OF a, b SKIP LOCKED` as text. */
JAVACODE String PgLocking() {
    StringBuilder words = new StringBuilder("FOR");
    getNextToken();
    if (at("read") && at2("only")) {
        getNextToken();
        getNextToken();
        return "";
    }
    if (!at("update") && !at("share") && !at("no") && !at("key")) {
        throw Words.syntaxError(getToken(1));
    }
    while (Words.isLabel(getToken(1)) && !at("limit") && !at("offset") && !at("fetch") && !at("for")) {
        words.append(" ").append(Words.text(getNextToken()).toUpperCase(Locale.ROOT));
        while (at(",") || at(".")) {
            getNextToken();
        }
    }
    return words.toString();
}

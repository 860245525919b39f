/* ---- FROM ---- */

SqlNodeList PgFromList() :
{
    SqlParserPos position = here();
    List<SqlNode> list = new ArrayList<SqlNode>();
    SqlNode node;
}
{
    node = PgFromItem() { list.add(node); }
    ( LOOKAHEAD({ at(",") }) <COMMA> node = PgFromItem() { list.add(node); } )*
    { return new SqlNodeList(list, position); }
}

/** table_ref: one item and the joins after it. */
SqlNode PgFromItem() :
{
    SqlNode node;
}
{
    { enter(); }
    node = PgFromTerm()
    node = PgJoins(node)
    { leave(); return node; }
}

SqlNode PgJoins(SqlNode start) :
{
    SqlNode left = start;
}
{
    ( LOOKAHEAD({ Joins.starts(getToken(1)) }) left = PgJoin(left) )*
    { return left; }
}

SqlNode PgJoin(SqlNode left) :
{
    SqlParserPos position = here();
    boolean natural = false;
    FromItem.Join.Kind kind;
    SqlNode right;
    SqlNode condition;
    List<String> using;
    String alias = null;
}
{
    LOOKAHEAD({ at("cross") })
    <CROSS> <JOIN> right = PgFromTerm()
    { return new FromItem.Join(position, FromItem.Join.Kind.CROSS, false, left, right, null, new ArrayList<String>(), null, null); }
|
    [ LOOKAHEAD({ at("natural") }) <NATURAL> { natural = true; } ]
    { kind = Joins.kind(getToken(1)); }
    [ LOOKAHEAD({ !at("join") }) PgTake() [ LOOKAHEAD({ at("outer") && kind != FromItem.Join.Kind.INNER }) <OUTER> ] ]
    <JOIN>
    right = PgFromTerm()
    (
        LOOKAHEAD({ natural })
        { return new FromItem.Join(position, kind, true, left, right, null, new ArrayList<String>(), null, null); }
    |
        { enter(); }
        right = PgJoins(right)
        { leave(); }
        (
            LOOKAHEAD({ at("using") })
            <USING> using = PgNameList() [ LOOKAHEAD({ at("as") }) <AS> alias = PgColumnName() ]
            { return new FromItem.Join(position, kind, false, left, right, null, using, alias, null); }
        |
            LOOKAHEAD({ true })
            <ON> condition = PgExpression()
            { return new FromItem.Join(position, kind, false, left, right, condition, new ArrayList<String>(), null, null); }
        )
    )
}

SqlNode PgFromTerm() :
{
    SqlNode node;
    boolean lateral = false;
}
{
    LOOKAHEAD({ at("(") })
    node = PgFromParentheses() node = PgFromAliased(node, false)
    { return node; }
|
    [ LOOKAHEAD({ at("lateral") }) <LATERAL> { lateral = true; } ]
    (
        LOOKAHEAD({ lateral && at("(") })
        node = PgQueryInParentheses() node = PgFromAliased(node, true)
        { return node; }
    |
        LOOKAHEAD({ Joins.startsFunction(this) })
        node = PgFromFunctions(lateral)
        { return node; }
    |
        { if (lateral) { throw Words.syntaxError(getToken(1)); } }
        node = PgRelation(getToken(1))
        { return node; }
    )
}

/** In parentheses: a query, or a join. */
SqlNode PgFromParentheses() :
{
    SqlNode node;
}
{
    { enter(); }
    <LPAREN>
    (
        LOOKAHEAD({ Words.startsQuery(getToken(1)) })
        node = PgQuery() <RPAREN>
        { leave(); return node; }
    |
        LOOKAHEAD({ at("(") })
        node = PgFromParentheses()
        (
            LOOKAHEAD({ node instanceof Query && at(")") })
            <RPAREN>
            { leave(); return node; }
        |
            LOOKAHEAD({ node instanceof Query && Words.continuesQuery(getToken(1)) })
            node = PgQueryRest((Query) node) <RPAREN>
            { leave(); return node; }
        |
            LOOKAHEAD({ true })
            node = PgFromAliased(node, false)
            node = PgJoins(node)
        )
    |
        LOOKAHEAD({ true })
        node = PgFromItem()
    )
    <RPAREN>
    { if (!(node instanceof FromItem.Join)) { throw Words.syntaxError(token); } }
    { leave(); return node; }
}

/** The alias of a subquery or of a join in parentheses. */
SqlNode PgFromAliased(SqlNode node, boolean lateral) :
{
    FromItem.Alias alias = null;
}
{
    [ LOOKAHEAD({ at("as") || Words.isColumnName(getToken(1)) }) alias = PgAlias() ]
    { return Joins.aliased(node, lateral, alias); }
}

FromItem.Alias PgAlias() :
{
    String name;
    List<String> columns = new ArrayList<String>();
}
{
    [ LOOKAHEAD({ at("as") }) <AS> ]
    name = PgColumnName()
    [ LOOKAHEAD({ at("(") }) columns = PgNameList() ]
    { return new FromItem.Alias(name, columns); }
}

/** A table's name with ONLY, alias and TABLESAMPLE. TABLE takes neither alias nor sample: first is null. */
SqlNode PgRelation(Token first) :
{
    SqlParserPos position = here();
    boolean only = false;
    boolean parentheses = false;
    SqlIdentifier name;
    FromItem.Alias alias = null;
    SqlNode sample = null;
    SqlNode seed = null;
}
{
    [ LOOKAHEAD({ at("only") }) <ONLY> { only = true; } [ LOOKAHEAD({ at("(") }) <LPAREN> { parentheses = true; } ] ]
    name = PgQualifiedName()
    [ LOOKAHEAD({ parentheses }) <RPAREN> ]
    [ LOOKAHEAD({ !only && atOperator("*") }) <PG_OPERATOR> ]
    [ LOOKAHEAD({ first != null && (at("as") || Words.isColumnName(getToken(1))) }) alias = PgAlias() ]
    [ LOOKAHEAD({ first != null && at("tablesample") })
        <TABLESAMPLE> sample = PgSampleMethod()
        [ LOOKAHEAD({ at("repeatable") }) <REPEATABLE> <LPAREN> seed = PgExpression() <RPAREN> ] ]
    { return new FromItem.TableName(position, name, only, alias, sample, seed); }
}

SqlNode PgSampleMethod() :
{
    SqlIdentifier name;
    SqlNodeList arguments;
}
{
    name = PgAnyName() <LPAREN> arguments = PgExpressionList() <RPAREN>
    { return FunctionCall.of(name, arguments); }
}

SqlNode PgFromFunctions(boolean lateral) :
{
    SqlParserPos position = here();
    List<SqlNode> sources = new ArrayList<SqlNode>();
    boolean rowsFrom = false;
    boolean ordinality = false;
    SqlNode node;
    SqlNodeList columns = null;
    FromItem.Alias alias = null;
    String name;
}
{
    (
        LOOKAHEAD({ at("rows") && at2("from") })
        <ROWS> <FROM> <LPAREN> { rowsFrom = true; }
        node = PgRowsFromSource() { sources.add(node); }
        ( LOOKAHEAD({ at(",") }) <COMMA> node = PgRowsFromSource() { sources.add(node); } )*
        <RPAREN>
    |
        LOOKAHEAD({ true })
        node = PgFromFunction()
        { sources.add(Joins.source(node, null)); }
    )
    [ LOOKAHEAD({ at("with") && at2("ordinality") && !Joins.isTable(sources) }) <WITH> <ORDINALITY> { ordinality = true; } ]
    [ LOOKAHEAD({ at("as") || Words.isColumnName(getToken(1)) }) (
        LOOKAHEAD({ at("as") && at2("(") && !Joins.isTable(sources) })
        <AS> columns = PgColumnDefinitions()
        { Joins.define(sources, columns, token); }
    |
        LOOKAHEAD({ Joins.definesColumns(this) && !Joins.isTable(sources) })
        [ LOOKAHEAD({ at("as") }) <AS> ] name = PgColumnName() columns = PgColumnDefinitions()
        { alias = new FromItem.Alias(name, new ArrayList<String>()); Joins.define(sources, columns, token); }
    |
        LOOKAHEAD({ true })
        alias = PgAlias()
    ) ]
    { return new FromItem.Functions(position, lateral, rowsFrom, new SqlNodeList(sources, position), ordinality, alias); }
}

/** func_expr_windowless. */
SqlNode PgFromFunction() :
{
    SqlNode node;
    SqlIdentifier name;
}
{
    LOOKAHEAD({ SpecialWords.isSource(getToken(1), getToken(2)) })
    node = PgConstruct()
    { return node; }
|
    LOOKAHEAD({ SpecialWords.isFunction(getToken(1), getToken(2)) })
    node = PgSpecialFunction()
    { return node; }
|
    LOOKAHEAD({ SpecialWords.isWorded(getToken(1), getToken(2)) })
    node = PgWorded()
    { return node; }
|
    LOOKAHEAD({ SpecialWords.isRefused(getToken(1), getToken(2)) })
    { refuse(Words.text(getToken(1)).toUpperCase(Locale.ROOT)); } <EOF>
    { return null; }
|
    LOOKAHEAD({ true })
    name = PgAnyName() node = PgCall(name, true)
    { return node; }
}

SqlNode PgRowsFromSource() :
{
    SqlNode node;
    SqlNodeList columns = null;
}
{
    { if (!Joins.startsFunction(this)) { throw Words.syntaxError(Joins.unfit(this)); } }
    node = PgFromFunction()
    [ LOOKAHEAD({ at("as") }) <AS> columns = PgColumnDefinitions() ]
    { return Joins.source(node, columns); }
}

SqlNodeList PgColumnDefinitions() :
{
    SqlParserPos position = here();
    List<SqlNode> list = new ArrayList<SqlNode>();
    SqlNode node;
}
{
    <LPAREN> node = PgColumnDefinition() { list.add(node); }
    ( LOOKAHEAD({ at(",") }) <COMMA> node = PgColumnDefinition() { list.add(node); } )*
    <RPAREN>
    { return new SqlNodeList(list, position); }
}

SqlNode PgColumnDefinition() :
{
    SqlParserPos position = here();
    String name;
    SqlNode type;
    SqlIdentifier collation = null;
}
{
    name = PgColumnName() type = PgType(false)
    [ LOOKAHEAD({ at("collate") }) <COLLATE> collation = PgQualifiedName() ]
    { return new FromItem.ColumnDefinition(position, name, type, collation); }
}

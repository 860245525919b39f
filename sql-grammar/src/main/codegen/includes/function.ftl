/* ---- function calls ---- */

/**
 * `(arguments) WITHIN GROUP (…) FILTER (…) OVER …` after a function's name; or a type's modifiers before a string.
 *
 * @param source in FROM, where nothing follows the arguments and no type stands
 */
SqlNode PgCall(SqlIdentifier name, boolean source) :
{
    List<SqlNode> arguments = new ArrayList<SqlNode>();
    SqlNodeList order = null;
    SqlNode filter = null;
    SqlNode window = null;
    String over = "";
    SqlParserPos named = SqlParserPos.ZERO;
    boolean star = false;
    boolean distinct = false;
    boolean variadic = false;
    boolean within = false;
    SqlNode node;
}
{
    { enter(); }
    <LPAREN>
    (
        LOOKAHEAD({ atOperator("*") })
        <PG_OPERATOR> { star = true; }
    |
        LOOKAHEAD({ !at(")") })
        [ LOOKAHEAD({ at("all") }) <ALL> ]
        [ LOOKAHEAD({ at("distinct") }) <DISTINCT> { distinct = true; } ]
        [ LOOKAHEAD({ at("variadic") }) <VARIADIC> { variadic = true; } ]
        node = PgArgument() { arguments.add(node); }
        ( LOOKAHEAD({ at(",") && !variadic }) <COMMA>
            [ LOOKAHEAD({ at("variadic") }) <VARIADIC> { variadic = true; } ]
            node = PgArgument() { arguments.add(node); }
        )*
        [ LOOKAHEAD({ at("order") }) order = PgOrderBy() ]
    |
        { star = false; }
    )
    <RPAREN>
    (
        LOOKAHEAD({ source })
        { leave(); return Trees.call(name, new FunctionCall.Options(star, distinct, variadic, false, "", SqlParserPos.ZERO), arguments, order, null, null); } <EOF>
    |
        LOOKAHEAD({ Words.isString(getToken(1)) && !arguments.isEmpty() && !distinct && !variadic && order == null })
        node = PgString()
        { leave(); return new Cast(name.getParserPosition(), node, Trees.type(name, arguments)); }
    |
        [ LOOKAHEAD({ at("within") && at2("group") }) <WITHIN> <GROUP> <LPAREN> { Trees.requireNoOrder(order, distinct, variadic, token); within = true; } order = PgOrderBy() <RPAREN> ]
        [ LOOKAHEAD({ at("filter") && at2("(") }) <FILTER> <LPAREN> <WHERE> filter = PgExpression() <RPAREN> ]
        [
            LOOKAHEAD({ at("over") && (at2("(") || Words.isColumnName(getToken(2))) })
            <OVER>
            ( LOOKAHEAD({ at("(") }) window = PgWindow() | LOOKAHEAD({ true }) { named = here(); } over = PgColumnName() )
        ]
        { leave(); node = Trees.call(name, new FunctionCall.Options(star, distinct, variadic, within, over, named), arguments, order, filter, window); return node; }
    )
}

SqlNode PgArgument() :
{
    SqlNode node;
    SqlParserPos position = here();
    String name;
}
{
    LOOKAHEAD({ Words.isFunctionName(getToken(1)) && (at2("=>") || at2(":=")) })
    name = PgFunctionOrTypeName() PgTake() node = PgExpression()
    { return new NamedArgument(position, name, node); }
|
    LOOKAHEAD({ true })
    node = PgExpression()
    { return node; }
}

/** Functions that SQL spells with words between the arguments. */
SqlNode PgSpecialFunction() :
{
    SqlParserPos position = here();
    String word = Words.text(getToken(1));
    SqlNode a;
    SqlNode b;
    SqlNode c;
    Token field;
}
{
    LOOKAHEAD({ at("extract") })
    <EXTRACT> <LPAREN> field = PgTake() { a = Trees.extractField(field); } <FROM> b = PgExpression() <RPAREN>
    { return Trees.special(FunctionCall.Spelling.EXTRACT, "extract", position, new SqlNode[] {a, b}); }
|
    LOOKAHEAD({ at("position") })
    <POSITION> <LPAREN> a = PgOperand(Precedence.LOWEST, true) <IN> b = PgOperand(Precedence.LOWEST, true) <RPAREN>
    { return Trees.special(FunctionCall.Spelling.POSITION, "position", position, new SqlNode[] {a, b}); }
|
    LOOKAHEAD({ at("collation") })
    <COLLATION> <FOR> <LPAREN> a = PgExpression() <RPAREN>
    { return Trees.special(FunctionCall.Spelling.COLLATION_FOR, "pg_collation_for", position, new SqlNode[] {a}); }
|
    LOOKAHEAD({ at("normalize") })
    <NORMALIZE> <LPAREN> a = PgExpression()
    (
        LOOKAHEAD({ at(",") })
        <COMMA> word = PgNormalForm() { b = Trees.string(word, position); } <RPAREN>
        { return Trees.special(FunctionCall.Spelling.NORMALIZE, "normalize", position, new SqlNode[] {a, b}); }
    |
        LOOKAHEAD({ true })
        <RPAREN>
        { return Trees.special(FunctionCall.Spelling.NORMALIZE, "normalize", position, new SqlNode[] {a}); }
    )
|
    LOOKAHEAD({ at("overlay") })
    <OVERLAY> a = PgOverlay(position)
    { return a; }
|
    LOOKAHEAD({ at("substring") })
    <SUBSTRING> a = PgSubstring(position)
    { return a; }
|
    LOOKAHEAD({ true })
    <TRIM> a = PgTrim(position)
    { return a; }
}

SqlNode PgOverlay(SqlParserPos position) :
{
    List<SqlNode> arguments = new ArrayList<SqlNode>();
    SqlNode a;
    SqlNode b;
    SqlNode c;
    SqlNode d;
}
{
    { enter(); }
    <LPAREN>
    [ LOOKAHEAD({ !at(")") }) a = PgArgument() { arguments.add(a); } ]
    (
        LOOKAHEAD({ at("placing") && arguments.size() == 1 })
        <PLACING> b = PgExpression() <FROM> c = PgExpression()
        { arguments.add(b); arguments.add(c); }
        (
            LOOKAHEAD({ at("for") })
            <FOR> d = PgExpression() <RPAREN>
            { leave(); arguments.add(d); return Trees.special(FunctionCall.Spelling.OVERLAY_FROM_FOR, "overlay", position, arguments.toArray(new SqlNode[0])); }
        |
            LOOKAHEAD({ true })
            <RPAREN>
            { leave(); return Trees.special(FunctionCall.Spelling.OVERLAY_FROM, "overlay", position, arguments.toArray(new SqlNode[0])); }
        )
    |
        LOOKAHEAD({ true })
        ( LOOKAHEAD({ at(",") }) <COMMA> a = PgArgument() { arguments.add(a); } )* <RPAREN>
        { leave(); return Trees.plain("overlay", position, arguments); }
    )
}

SqlNode PgSubstring(SqlParserPos position) :
{
    List<SqlNode> arguments = new ArrayList<SqlNode>();
    SqlNode a;
    FunctionCall.Spelling spelling = FunctionCall.Spelling.PLAIN;
}
{
    { enter(); }
    <LPAREN>
    [ LOOKAHEAD({ !at(")") }) a = PgArgument() { arguments.add(a); } ]
    (
        LOOKAHEAD({ at("from") && arguments.size() == 1 })
        <FROM> a = PgExpression() { arguments.add(a); spelling = FunctionCall.Spelling.SUBSTRING_FROM; }
        [ LOOKAHEAD({ at("for") }) <FOR> a = PgExpression() { arguments.add(a); spelling = FunctionCall.Spelling.SUBSTRING_FROM_FOR; } ]
    |
        LOOKAHEAD({ at("for") && arguments.size() == 1 })
        <FOR> a = PgExpression() { arguments.add(a); spelling = FunctionCall.Spelling.SUBSTRING_FOR; }
        [ LOOKAHEAD({ at("from") })
          <FROM> a = PgExpression() { arguments.add(1, a); spelling = FunctionCall.Spelling.SUBSTRING_FROM_FOR; } ]
    |
        LOOKAHEAD({ at("similar") && arguments.size() == 1 })
        <SIMILAR> a = PgExpression() { arguments.add(a); } <ESCAPE> a = PgExpression()
        { arguments.add(a); spelling = FunctionCall.Spelling.SUBSTRING_SIMILAR; }
    |
        ( LOOKAHEAD({ at(",") }) <COMMA> a = PgArgument() { arguments.add(a); } )*
    )
    <RPAREN>
    {
        leave();
        return spelling == FunctionCall.Spelling.PLAIN
            ? Trees.plain("substring", position, arguments)
            : Trees.special(spelling, "substring", position, arguments.toArray(new SqlNode[0]));
    }
}

SqlNode PgTrim(SqlParserPos position) :
{
    List<SqlNode> arguments = new ArrayList<SqlNode>();
    String side = "both";
    boolean from = false;
    SqlNode a;
    SqlNodeList list;
}
{
    { enter(); }
    <LPAREN>
    [ LOOKAHEAD({ at("both") || at("leading") || at("trailing") }) { side = Words.text(getToken(1)); } PgTake() ]
    (
        LOOKAHEAD({ at("from") })
        <FROM> list = PgExpressionList() { arguments.addAll(list.getList()); }
    |
        LOOKAHEAD({ true })
        a = PgExpression() { arguments.add(a); }
        (
            LOOKAHEAD({ at("from") })
            <FROM> list = PgExpressionList() { arguments.addAll(list.getList()); from = true; }
        |
            ( LOOKAHEAD({ at(",") }) <COMMA> a = PgExpression() { arguments.add(a); } )*
        )
    )
    <RPAREN>
    { leave(); return Trees.trim(side, from, position, arguments); }
}

/** `(base PARTITION BY … ORDER BY … frame)`. */
WindowDefinition PgWindow() :
{
    SqlParserPos position = here();
    String base = "";
    SqlNodeList partition = null;
    SqlNodeList order = null;
    Frames frame = null;
}
{
    <LPAREN>
    [ LOOKAHEAD({ Words.isColumnName(getToken(1)) && !Frames.startsWindowClause(getToken(1), getToken(2)) }) base = PgColumnName() ]
    [ LOOKAHEAD({ at("partition") }) <PARTITION> <BY> partition = PgExpressionList() ]
    [ LOOKAHEAD({ at("order") }) order = PgOrderBy() ]
    [ LOOKAHEAD({ Frames.isUnit(getToken(1)) }) frame = PgFrame() ]
    <RPAREN>
    { return Frames.window(position, base, partition, order, frame); }
}

Frames PgFrame() :
{
    Frames frame;
    Token first;
}
{
    first = PgTake() { frame = new Frames(first); }
    (
        LOOKAHEAD({ at("between") })
        <BETWEEN> PgBound(frame) <AND> PgBound(frame)
    |
        LOOKAHEAD({ true })
        PgBound(frame)
    )
    [ LOOKAHEAD({ at("exclude") }) <EXCLUDE> first = PgTake() { frame.exclude(first, getToken(1)); } [ LOOKAHEAD({ frame.excludesTwoWords() }) PgTake() ] ]
    { return frame; }
}

void PgBound(Frames frame) :
{
    SqlNode offset = null;
    Token first = getToken(1);
    Token second;
}
{
    (
        LOOKAHEAD({ (at("unbounded") && (at2("preceding") || at2("following"))) || (at("current") && at2("row")) })
        PgTake()
    |
        LOOKAHEAD({ true })
        offset = PgExpression()
    )
    second = PgTake()
    { frame.add(first, second, offset); }
}

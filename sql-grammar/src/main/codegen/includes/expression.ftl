/* ---- expressions: precedence climbing by dev.remit.sql.parser.Precedence ---- */

SqlNode PgExpressionEof() :
{
    SqlNode node;
}
{
    node = PgExpression() <EOF>
    { return node; }
}

/** a_expr. */
SqlNode PgExpression() :
{
    SqlNode node;
}
{
    node = PgOperand(Precedence.LOWEST, false)
    { return node; }
}

SqlNodeList PgExpressionList() :
{
    List<SqlNode> list = new ArrayList<SqlNode>();
    SqlParserPos position = here();
    SqlNode node;
}
{
    node = PgExpression() { list.add(node); }
    ( LOOKAHEAD({ at(",") }) <COMMA> node = PgExpression() { list.add(node); } )*
    { return new SqlNodeList(list, position); }
}

/**
 * An expression whose operators all bind at least as tightly as the level.
 *
 * @param restricted b_expr instead of a_expr
 */
SqlNode PgOperand(int level, boolean restricted) :
{
    SqlNode node;
}
{
    { enter(); }
    node = PgPrefixed(restricted)
    node = PgRest(node, level, restricted)
    { leave(); return node; }
}

SqlNode PgPrefixed(boolean restricted) :
{
    SqlNode node;
    SqlParserPos position = here();
    List<String> operator;
}
{
    LOOKAHEAD({ !restricted && at("not") })
    <NOT> node = PgOperand(Precedence.NOT, false)
    { return new Construct(position, Construct.Form.NOT, node); }
|
    LOOKAHEAD({ Precedence.isPrefixSign(getToken(1)) })
    operator = PgOperator() node = PgOperand(Precedence.SIGN, restricted)
    { return new Operation(position, new ArrayList<String>(), operator.get(0), node); }
|
    LOOKAHEAD({ Precedence.isPrefixOperator(getToken(1)) || (at("operator") && at2("(")) })
    operator = PgOperator() node = PgOperand(Precedence.OPERATOR + 1, restricted)
    { return new Operation(position, operator.subList(0, operator.size() - 1), operator.get(operator.size() - 1), node); }
|
    LOOKAHEAD({ true })
    node = PgPrimary()
    { return node; }
}

/** An operator: its schema, if it is qualified, and its symbol. */
List<String> PgOperator() :
{
    List<String> names = new ArrayList<String>();
    String schema;
}
{
    LOOKAHEAD({ at("operator") })
    <OPERATOR> <LPAREN>
    ( LOOKAHEAD({ !Words.isKind(getToken(1), Lexeme.Kind.OPERATOR) }) schema = PgColumnName() <DOT> { names.add(schema); } )*
    <PG_OPERATOR> { names.add(Words.text(token)); }
    <RPAREN>
    { return names; }
|
    LOOKAHEAD({ true })
    <PG_OPERATOR> { names.add(Words.text(token)); }
    { return names; }
}

/** What follows an operand: operators of at least this level. */
SqlNode PgRest(SqlNode start, int minimum, boolean restricted) :
{
    SqlNode left = start;
    int level = -1;
    int blocked = -1;
}
{
    (
        LOOKAHEAD({ (level = Precedence.infix(getToken(1), getToken(2), restricted)) >= minimum && level > 0 })
        { if (level == blocked) { throw Words.syntaxError(getToken(1)); } }
        left = PgContinued(left, level, restricted)
        { blocked = Precedence.associates(level) || !Trees.endsInOperand(left) ? -1 : level; }
    )*
    { return left; }
}

SqlNode PgContinued(SqlNode left, int level, boolean restricted) :
{
    SqlNode node;
    SqlParserPos position = here();
    List<String> operator;
}
{
    LOOKAHEAD({ level == Precedence.CAST })
    <PG_TYPECAST> node = PgType(false)
    { return new Cast(position, left, node); }
|
    LOOKAHEAD({ level == Precedence.OR })
    node = PgChain(left, Construct.Form.OR, Precedence.OR)
    { return node; }
|
    LOOKAHEAD({ level == Precedence.AND })
    node = PgChain(left, Construct.Form.AND, Precedence.AND)
    { return node; }
|
    LOOKAHEAD({ level == Precedence.IS })
    node = PgIs(left, restricted)
    { return node; }
|
    LOOKAHEAD({ level == Precedence.BETWEEN })
    node = PgMembership(left)
    { return node; }
|
    LOOKAHEAD({ level == Precedence.AT })
    <AT>
    (
        LOOKAHEAD({ at("local") })
        <LOCAL>
        { return Trees.special(FunctionCall.Spelling.AT_LOCAL, "timezone", position, new SqlNode[] {left}); }
    |
        LOOKAHEAD({ true })
        <TIME> <ZONE> node = PgOperand(Precedence.AT + 1, false)
        { return Trees.special(FunctionCall.Spelling.AT_TIME_ZONE, "timezone", position, new SqlNode[] {left, node}); }
    )
|
    LOOKAHEAD({ level == Precedence.COLLATE })
    <COLLATE> node = PgQualifiedName()
    { return new Collation(position, left, (SqlIdentifier) node); }
|
    LOOKAHEAD({ true })
    operator = PgOperator()
    (
        LOOKAHEAD({ !restricted && (at("any") || at("some") || at("all")) })
        node = PgQuantified(left, operator, position)
        { return node; }
    |
        LOOKAHEAD({ true })
        node = PgOperand(level + 1, restricted)
        { return new Operation(position, operator.subList(0, operator.size() - 1), operator.get(operator.size() - 1), left, node); }
    )
}

/** AND and OR: one node for the whole chain. */
SqlNode PgChain(SqlNode left, Construct.Form form, int level) :
{
    List<SqlNode> operands = Trees.flattened(form, left);
    SqlParserPos position = here();
    SqlNode node;
}
{
    PgTake() node = PgOperand(level + 1, false) { operands.add(node); }
    (
        LOOKAHEAD({ Precedence.infix(getToken(1), getToken(2), false) == level })
        PgTake() node = PgOperand(level + 1, false) { operands.add(node); }
    )*
    { return Trees.construct(form, position, operands); }
}

SqlNode PgQuantified(SqlNode left, List<String> operator, SqlParserPos position) :
{
    boolean all = at("all");
    SqlNode right;
}
{
    PgTake()
    right = PgParenthesised()
    { if (Trees.isImplicitRow(right)) { throw Words.syntaxError(token); } }
    { return Trees.quantified(position, operator, all, left, right); }
}

SqlNode PgIs(SqlNode left, boolean restricted) :
{
    SqlParserPos position = here();
    boolean not = false;
    Construct.Form form;
    SqlNode right;
    String modifier;
    Token truth;
}
{
    LOOKAHEAD({ at("isnull") })
    <ISNULL> { return new Construct(position, Construct.Form.IS_NULL, left); }
|
    LOOKAHEAD({ at("notnull") })
    <NOTNULL> { return new Construct(position, Construct.Form.IS_NOT_NULL, left); }
|
    LOOKAHEAD({ true })
    <IS> [ LOOKAHEAD({ at("not") }) <NOT> { not = true; } ]
    (
        LOOKAHEAD({ at("distinct") })
        <DISTINCT> <FROM> right = PgOperand(Precedence.IS + 1, restricted)
        { return new Construct(position, not ? Construct.Form.IS_NOT_DISTINCT_FROM : Construct.Form.IS_DISTINCT_FROM, left, right); }
    |
        LOOKAHEAD({ restricted || at("document") })
        <DOCUMENT> { return new Construct(position, not ? Construct.Form.IS_NOT_DOCUMENT : Construct.Form.IS_DOCUMENT, left); }
    |
        LOOKAHEAD({ at("json") })
        <JSON> modifier = PgJsonKind()
        { return new Construct(position, not ? Construct.Form.IS_NOT_JSON : Construct.Form.IS_JSON, modifier, left); }
    |
        LOOKAHEAD({ at2("normalized") || at("normalized") })
        { modifier = at("normalized") ? "" : PgNormalForm(); } <NORMALIZED>
        { return new Construct(position, not ? Construct.Form.IS_NOT_NORMALIZED : Construct.Form.IS_NORMALIZED, modifier, left); }
    |
        LOOKAHEAD({ true })
        truth = PgTake()
        { form = Trees.truth(truth, not); return new Construct(position, form, left); }
    )
}

JAVACODE String PgNormalForm() {
    Token t = getNextToken();
    if (!Words.isNormalForm(t)) {
        throw Words.syntaxError(t);
    }
    return Words.text(t).toUpperCase(Locale.ROOT);
}

/** What may follow IS JSON: a kind of value and WITH or WITHOUT UNIQUE KEYS. */
JAVACODE String PgJsonKind() {
    StringBuilder kind = new StringBuilder();
    if (at("value") || at("array") || at("object") || at("scalar")) {
        kind.append(" ").append(Words.text(getNextToken()).toUpperCase(Locale.ROOT));
    }
    if ((at("with") || at("without")) && at2("unique")) {
        kind.append(" ").append(Words.text(getNextToken()).toUpperCase(Locale.ROOT));
        jj_consume_token(UNIQUE);
        kind.append(" UNIQUE KEYS");
        if (at("keys")) {
            getNextToken();
        }
    }
    return kind.toString().trim();
}

/** [NOT] BETWEEN, IN, LIKE, ILIKE, SIMILAR TO. */
SqlNode PgMembership(SqlNode left) :
{
    SqlParserPos position = here();
    boolean not = false;
    String word;
    Token like;
    SqlNode right;
    SqlNode third;
}
{
    [ LOOKAHEAD({ at("not") }) <NOT> { not = true; } ]
    (
        LOOKAHEAD({ at("between") })
        <BETWEEN>
        { word = "between"; }
        [ LOOKAHEAD({ at("symmetric") }) <SYMMETRIC> { word = "between symmetric"; } ]
        [ LOOKAHEAD({ at("asymmetric") }) <ASYMMETRIC> ]
        right = PgOperand(Precedence.LOWEST, true)
        <AND>
        third = PgOperand(Precedence.BETWEEN + 1, false)
        { return new Construct(position, Trees.form(word, not), left, right, third); }
    |
        LOOKAHEAD({ at("in") })
        <IN> right = PgInList()
        { return new Construct(position, Trees.form("in", not), left, right); }
    |
        LOOKAHEAD({ true })
        like = PgTake() { word = Words.text(like); }
        [ LOOKAHEAD({ word.equals("similar") }) <TO> { word = "similar to"; } ]
        (
            LOOKAHEAD({ !word.equals("similar to") && (at("any") || at("some") || at("all")) })
            right = PgQuantified(left, Trees.like(word, not), position)
            { return right; }
        |
            LOOKAHEAD({ true })
            right = PgOperand(Precedence.BETWEEN + 1, false)
            (
                LOOKAHEAD({ at("escape") })
                <ESCAPE> third = PgOperand(Precedence.BETWEEN + 1, false)
                { return new Construct(position, Trees.form(word, not), left, right, third); }
            |
                { return new Construct(position, Trees.form(word, not), left, right); }
            )
        )
    )
}

/** After IN: a query, or a list. */
SqlNode PgInList() :
{
    SqlNode node;
    SqlParserPos position = here();
}
{
    node = PgParenthesised()
    { return Trees.inList(node, position); }
}

/** What stands in parentheses: a query, an expression, or a row of two or more. */
SqlNode PgParenthesised() :
{
    SqlNode node;
    SqlParserPos position = here();
    SqlParserPos opened;
    List<SqlNode> row = new ArrayList<SqlNode>();
}
{
    { enter(); }
    <LPAREN>
    (
        LOOKAHEAD({ Words.startsQuery(getToken(1)) })
        node = PgQuery() <RPAREN>
        { leave(); return ((Query) node).at(position); }
    |
        LOOKAHEAD({ at("(") })
        { opened = here(); }
        node = PgParenthesised()
        (
            LOOKAHEAD({ node instanceof Query && at(")") })
            <RPAREN>
            { leave(); return node; }
        |
            LOOKAHEAD({ node instanceof Query && Words.continuesQuery(getToken(1)) })
            node = PgQueryRest((Query) node) <RPAREN>
            { leave(); return ((Query) node).at(position); }
        |
            LOOKAHEAD({ true })
            node = PgAfterParentheses(node, opened)
            node = PgRest(node, Precedence.LOWEST, false)
            { row.add(node); }
        )
    |
        LOOKAHEAD({ true })
        node = PgExpression() { row.add(node); }
    )
    ( LOOKAHEAD({ at(",") }) <COMMA> node = PgExpression() { row.add(node); } )*
    <RPAREN>
    { leave(); return row.size() == 1 ? row.get(0) : Trees.construct(Construct.Form.IMPLICIT_ROW, position, row); }
}

/**
 * Fields, subscripts and OVERLAPS after a closing parenthesis.
 *
 * @param opened where the parenthesis opened: a row that began there takes no field
 */
SqlNode PgAfterParentheses(SqlNode start, SqlParserPos opened) :
{
    SqlNode node = start;
    SqlNode right;
    SqlParserPos position;
}
{
    (
        LOOKAHEAD({ Trees.isRow(start) && at("overlaps") })
        { position = here(); } <OVERLAPS> right = PgRow()
        { node = Trees.overlaps(position, start, right, token); }
    |
        LOOKAHEAD({ !Trees.isRow(start) || !start.getParserPosition().equals(opened) })
        node = PgIndirection(start, false)
    |
        { node = start; }
    )
    { return node; }
}

SqlNode PgRow() :
{
    SqlNode node;
    SqlParserPos position = here();
    SqlNodeList list = SqlNodeList.EMPTY;
}
{
    LOOKAHEAD({ at("row") })
    <ROW> <LPAREN> [ LOOKAHEAD({ !at(")") }) list = PgExpressionList() ] <RPAREN>
    { return Trees.construct(Construct.Form.ROW, position, list.getList()); }
|
    LOOKAHEAD({ true })
    node = PgParenthesised()
    { return node; }
}

/** `.field`, `.*`, `[index]`, `[lower:upper]`. */
SqlNode PgIndirection(SqlNode start, boolean reference) :
{
    SqlNode node = start;
    boolean name = reference;
    String field;
}
{
    ( LOOKAHEAD({ (at(".") || at("[")) && !Trees.isStar(node) })
    (
        LOOKAHEAD({ at(".") })
        <DOT>
        (
            LOOKAHEAD({ atOperator("*") })
            <PG_OPERATOR> { node = Trees.field(node, "", name); }
        |
            LOOKAHEAD({ true })
            field = PgLabel() { node = Trees.field(node, field, name); }
        )
    |
        LOOKAHEAD({ true })
        node = PgSubscript(node, node == start) { name = false; }
    ) )*
    { return node; }
}

SqlNode PgSubscript(SqlNode value, boolean apart) :
{
    SqlNode lower = null;
    SqlNode upper = null;
    boolean slice = false;
    SqlParserPos position = here();
}
{
    <LBRACKET>
    [ LOOKAHEAD({ !at(":") }) lower = PgExpression() ]
    [
        LOOKAHEAD({ at(":") })
        <COLON> { slice = true; }
        [ LOOKAHEAD({ !at("]") }) upper = PgExpression() ]
    ]
    <RBRACKET>
    { return new Subscript(position, value, slice, lower, upper, apart); }
}

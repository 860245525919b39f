/* ---- c_expr: what operators stand between ---- */

SqlNode PgPrimary() :
{
    SqlNode node;
    SqlParserPos position = here();
}
{
    LOOKAHEAD({ at("(") })
    node = PgParenthesised() node = PgAfterParentheses(node, position)
    { return node; }
|
    LOOKAHEAD({ getToken(1).kind == PG_NUMBER })
    <PG_NUMBER> { return Trees.number(token); }
|
    LOOKAHEAD({ getToken(1).kind == PG_STRING })
    node = PgString() { return node; }
|
    LOOKAHEAD({ getToken(1).kind == PG_BITS })
    <PG_BITS> { return new Construct(position, Construct.Form.BIT_STRING, Words.text(token), new SqlNode[0]); }
|
    LOOKAHEAD({ getToken(1).kind == PG_PARAMETER })
    <PG_PARAMETER> { node = Trees.parameter(token); } node = PgIndirection(node, false)
    { return node; }
|
    LOOKAHEAD({ TypeWords.startsLiteral(this) })
    node = PgTypedLiteral()
    { return node; }
|
    LOOKAHEAD({ SpecialWords.isConstruct(getToken(1), getToken(2)) })
    node = PgConstruct()
    { return node; }
|
    LOOKAHEAD({ SpecialWords.isFunction(getToken(1), getToken(2)) })
    node = PgSpecialFunction()
    { return node; }
|
    LOOKAHEAD({ SpecialWords.isWorded(getToken(1), getToken(2)) && !SpecialWords.isWordedTable(getToken(1), getToken(2)) })
    node = PgWorded()
    { return node; }
|
    LOOKAHEAD({ SpecialWords.isRefused(getToken(1), getToken(2)) })
    { refuse(Words.text(getToken(1)).toUpperCase(Locale.ROOT)); } <EOF>
    { return null; }
|
    LOOKAHEAD({ true })
    node = PgNamed()
    { return node; }
}

/** `date '…'`, `timestamp(3) with time zone '…'`, `interval '…' day to second`. */
SqlNode PgTypedLiteral() :
{
    SqlParserPos position = here();
    SqlNode type;
    SqlNode value;
    String fields = "";
}
{
    type = PgType(true) value = PgString()
    [ LOOKAHEAD({ Trees.isBareInterval((TypeName) type) && TypeWords.isIntervalField(getToken(1)) })
      fields = PgIntervalFields() { type = ((TypeName) type).fields(fields); } ]
    { return new Cast(position, value, type); }
}

/** A name: a column reference, a function call, or a type before a string. */
SqlNode PgNamed() :
{
    SqlNode node;
    SqlIdentifier name;
    Token first = getToken(1);
}
{
    name = PgAnyName()
    (
        LOOKAHEAD({ Words.isString(getToken(1)) && !name.isStar() && Words.isFunctionPath(name, first) })
        node = PgString()
        { return new Cast(name.getParserPosition(), node, Trees.type(name, null)); }
    |
        LOOKAHEAD({ at("(") && !name.isStar() && Words.isFunctionPath(name, first) })
        node = PgCall(name, false)
        { return node; }
    |
        { if (!Words.isColumnName(first)) { throw Words.syntaxError(Words.isFunctionName(first) ? getToken(1) : first); } }
        node = PgIndirection(name, true)
        { return node; }
    )
}

/** SQL/JSON and XML. */
JAVACODE SqlNode PgWorded() {
    return SpecialWords.reader(this).read();
}

/** Names with dots, up to a star. */
JAVACODE SqlIdentifier PgAnyName() {
    SqlParserPos position = here();
    List<String> names = new ArrayList<String>();
    Token t = getNextToken();
    if (!Words.isColumnName(t) && !Words.isFunctionName(t)) {
        throw Words.syntaxError(t);
    }
    names.add(Words.text(t));
    while (at(".")) {
        getNextToken();
        if (atOperator("*")) {
            getNextToken();
            names.add("");
            break;
        }
        names.add(PgLabel());
    }
    return new SqlIdentifier(names, position);
}

/** Expressions with words of their own. */
SqlNode PgConstruct() :
{
    SqlParserPos position = here();
    String word = Words.text(getToken(1));
    SqlNode node;
    SqlNode second;
    SqlNodeList list;
    Token constant;
}
{
    LOOKAHEAD({ SpecialWords.isConstant(getToken(1)) })
    constant = PgTake() { return Trees.constant(constant); }
|
    LOOKAHEAD({ SpecialWords.isSpecialValue(getToken(1)) })
    node = PgSpecialValue() { return node; }
|
    LOOKAHEAD({ at("case") })
    node = PgCase()
    { return node; }
|
    LOOKAHEAD({ at("exists") })
    <EXISTS> node = PgQueryInParentheses()
    { return new Construct(position, Construct.Form.EXISTS, node); }
|
    LOOKAHEAD({ at("array") && at2("[") })
    <ARRAY> node = PgArray(Construct.Form.ARRAY)
    { return ((Construct) node).clone(position); }
|
    LOOKAHEAD({ at("array") })
    <ARRAY> node = PgQueryInParentheses()
    { return new Construct(position, Construct.Form.ARRAY_QUERY, node); }
|
    LOOKAHEAD({ at("row") })
    node = PgRow() node = PgAfterParentheses(node, position)
    { return node; }
|
    LOOKAHEAD({ at("cast") })
    <CAST> <LPAREN> node = PgExpression() <AS> second = PgType(false) <RPAREN>
    { return new Cast(position, node, second); }
|
    LOOKAHEAD({ at("nullif") })
    <NULLIF> <LPAREN> node = PgExpression() <COMMA> second = PgExpression() <RPAREN>
    { return new Construct(position, Construct.Form.NULLIF, node, second); }
|
    LOOKAHEAD({ true })
    PgTake() <LPAREN> list = PgExpressionList() <RPAREN>
    { return Trees.construct(Trees.form(word, false), position, list.getList()); }
}

/** `current_date`, `localtimestamp(3)` and their like. */
JAVACODE SqlNode PgSpecialValue() {
    SqlParserPos position = here();
    String word = Words.text(getNextToken());
    if (at("(") && SpecialWords.takesPrecision(word)) {
        getNextToken();
        Token t = jj_consume_token(PG_NUMBER);
        word = word + "(" + Trees.integer(t) + ")";
        jj_consume_token(RPAREN);
    }
    return new Construct(position, Construct.Form.SPECIAL_VALUE, word, new SqlNode[0]);
}

SqlNode PgCase() :
{
    SqlParserPos position = here();
    SqlNode subject = null;
    SqlNode otherwise = null;
    SqlNode node;
    List<SqlNode> conditions = new ArrayList<SqlNode>();
    List<SqlNode> results = new ArrayList<SqlNode>();
}
{
    <CASE>
    [ LOOKAHEAD({ !at("when") }) subject = PgExpression() ]
    (
        <WHEN> node = PgExpression() { conditions.add(node); }
        <THEN> node = PgExpression() { results.add(node); }
        ( LOOKAHEAD({ at("when") })
            <WHEN> node = PgExpression() { conditions.add(node); }
            <THEN> node = PgExpression() { results.add(node); }
        )*
    )
    [ LOOKAHEAD({ at("else") }) <ELSE> otherwise = PgExpression() ]
    <END>
    { return new Construct(position, Construct.Form.CASE, subject, new SqlNodeList(conditions, position), new SqlNodeList(results, position), otherwise); }
}

/** `[…]` of ARRAY, with further brackets inside. */
SqlNode PgArray(Construct.Form form) :
{
    SqlParserPos position = here();
    List<SqlNode> members = new ArrayList<SqlNode>();
    SqlNode node;
}
{
    { enter(); }
    <LBRACKET>
    (
        LOOKAHEAD({ at("[") })
        node = PgArray(Construct.Form.ARRAY_ROW) { members.add(node); }
        ( LOOKAHEAD({ at(",") }) <COMMA> node = PgArray(Construct.Form.ARRAY_ROW) { members.add(node); } )*
    |
        LOOKAHEAD({ true })
        [
            LOOKAHEAD({ !at("]") })
            node = PgExpression() { members.add(node); }
            ( LOOKAHEAD({ at(",") }) <COMMA> node = PgExpression() { members.add(node); } )*
        ]
    )
    <RBRACKET>
    { leave(); return Trees.construct(form, position, members); }
}

SqlNode PgQueryInParentheses() :
{
    SqlNode node;
}
{
    node = PgParenthesised()
    { if (!(node instanceof Query)) { throw Words.syntaxError(token); } return node; }
}

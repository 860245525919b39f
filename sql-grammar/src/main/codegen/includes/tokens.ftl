<#--
  Tokens that PostgreSQL's scanner (dev.remit.sql.scan) hands over beside the template's keywords and
  punctuation. Their images are never matched against text: the template's own scanner is not used.

  Rule for the productions of these files: every choice carries a semantic LOOKAHEAD, so that no
  choice depends on the order of the template or on scanning ahead.
-->
<DEFAULT, DQID, BTID, BQID, BQHID> TOKEN :
{
    < PG_TYPECAST: "::" >
|   < PG_COLON_EQUALS: ":=" >
|   < PG_NAME: "<name>" >
|   < PG_NUMBER: "<number>" >
|   < PG_STRING: "<string>" >
|   < PG_BITS: "<bits>" >
|   < PG_PARAMETER: "<parameter>" >
|   < PG_OPERATOR: "<operator>" >
}

/* ---- questions ---- */

JAVACODE boolean at(String word) {
    return Words.is(getToken(1), word);
}

JAVACODE boolean at2(String word) {
    return Words.is(getToken(2), word);
}

JAVACODE boolean atOperator(String symbol) {
    return Words.isOperator(getToken(1), symbol);
}

JAVACODE SqlParserPos here() {
    return ((LexemeToken) getToken(1)).position();
}

JAVACODE void enter() {
    ((LexemeTokens) token_source).enter();
}

JAVACODE void leave() {
    ((LexemeTokens) token_source).leave();
}

JAVACODE void refuse(String what) {
    throw Words.notSupported(getToken(1), what);
}

/** The next token, whatever it is: for choices that looked already. */
JAVACODE Token PgTake() {
    return getNextToken();
}

/* ---- names ---- */

JAVACODE String PgColumnName() {
    Token t = getNextToken();
    if (!Words.isColumnName(t)) {
        throw Words.syntaxError(t);
    }
    return Words.text(t);
}

JAVACODE String PgFunctionOrTypeName() {
    Token t = getNextToken();
    if (!Words.isFunctionName(t)) {
        throw Words.syntaxError(t);
    }
    return Words.text(t);
}

JAVACODE String PgLabel() {
    Token t = getNextToken();
    if (!Words.isLabel(t)) {
        throw Words.syntaxError(t);
    }
    return Words.text(t);
}

JAVACODE SqlNode PgString() {
    Token t = getNextToken();
    if (!Words.isString(t)) {
        throw Words.syntaxError(t);
    }
    return Trees.string(t);
}

JAVACODE String PgText() {
    Token t = getNextToken();
    if (!Words.isString(t)) {
        throw Words.syntaxError(t);
    }
    return Words.text(t);
}

/** One or more names with dots: tables, collations. */
SqlIdentifier PgQualifiedName() :
{
    List<String> names = new ArrayList<String>();
    SqlParserPos position = here();
    String name;
}
{
    name = PgColumnName() { names.add(name); }
    ( LOOKAHEAD({ at(".") }) <DOT> name = PgLabel() { names.add(name); } )*
    { return new SqlIdentifier(names, position); }
}

/** Names in parentheses: column lists. */
List<String> PgNameList() :
{
    List<String> names = new ArrayList<String>();
    String name;
}
{
    <LPAREN> name = PgColumnName() { names.add(name); }
    ( LOOKAHEAD({ at(",") }) <COMMA> name = PgColumnName() { names.add(name); } )*
    <RPAREN>
    { return names; }
}

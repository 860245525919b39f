/* ---- statements ---- */

SqlNode PgStatementEof() :
{
    SqlNode node;
}
{
    node = PgQuery() <EOF>
    { return node; }
}

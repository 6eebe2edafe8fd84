using Npgsql;

namespace Mpp.Peers;

/// <summary>Connections with the settings that the mall's services have.</summary>
internal static class Databases
{
    public static NpgsqlDataSource Open(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.MaxAutoPrepare = 64;
        builder.ConnectionStringBuilder.AutoPrepareMinUsages = 3;
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        return builder.Build();
    }
}

using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Mpp.Web.Protection;

/// <summary>
/// The keys that protect cookies and forms, in the service's own database: all copies share them, and whoever signed in
/// before a restart is still signed in after it. Read when a key is first needed, and then once a day.
/// </summary>
internal sealed class KeysInDatabase(NpgsqlDataSource database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var keys = new List<XElement>();
        using var command = database.CreateCommand("SELECT xml FROM protection_keys ORDER BY id");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            keys.Add(XElement.Parse(reader.GetString(0)));
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand("INSERT INTO protection_keys (name, xml) VALUES ($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = friendlyName });
        command.Parameters.Add(new NpgsqlParameter<string>
        {
            TypedValue = element.ToString(SaveOptions.DisableFormatting),
        });
        command.ExecuteNonQuery();
    }
}

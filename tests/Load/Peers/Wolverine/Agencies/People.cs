using Mpp.Sandbox;
using Npgsql;

namespace Mpp.Peers.Agencies;

/// <summary>The sandbox population as rows.</summary>
internal static class People
{
    /// <summary>Registers the first people, unless somebody is registered.</summary>
    public static async Task RegisterAsync(NpgsqlDataSource database, int people)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var any = new NpgsqlCommand("SELECT EXISTS (SELECT FROM persons)", connection);
        if (await any.ExecuteScalarAsync() is true)
        {
            return;
        }

        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY persons (nik, name, birth_date, mother_nik, family_card_number, membership_number) FROM STDIN "
                + "(FORMAT BINARY)");
        foreach (var person in Population.Generate(people))
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(person.Nik.Value);
            await copy.WriteAsync(person.Name);
            await copy.WriteAsync(person.BirthDate);
            await WriteAsync(person.MotherNik?.Value);
            await WriteAsync(person.FamilyCardNumber);
            await WriteAsync(person.Jkn.MembershipNumber);
        }

        await copy.CompleteAsync();

        Task WriteAsync(string? value) => value is null ? copy.WriteNullAsync() : copy.WriteAsync(value);
    }
}

using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.IdentityModel.Tokens;
using Mpp.Identity.Data;
using Mpp.Identity.Secrets;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Mpp.Identity.Clients;

/// <summary>
/// Brings the clients of the configuration into the database at start. One that has not changed costs nothing: its row
/// has a mark of what it was made from.
/// </summary>
internal sealed class ClientLoader(
    IServiceScopeFactory scopes, IOptions<ClientsOptions> options, Sealer sealer) : IHostedService, IHealthCheck
{
    private const string MadeFrom = "made_from";
    private const string Lock = "SELECT pg_advisory_xact_lock(hashtext('clients'))";

    private volatile bool _loaded;

    /// <summary>Whether all are there.</summary>
    public bool IsLoaded => _loaded;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        var changes = Changes(await MarksAsync(database, cancellationToken));
        if (changes.Count > 0)
        {
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            await database.Database.ExecuteSqlRawAsync(Lock, cancellationToken);
            // Another copy may have done it meanwhile.
            foreach (var id in Changes(await MarksAsync(database, cancellationToken)))
            {
                await ChangeAsync(
                    scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>(), id, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        _loaded = true;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
            _loaded ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The clients are being loaded."));

    private static async Task<Dictionary<string, string?>> MarksAsync(
        IdentityDbContext database, CancellationToken cancellationToken) => (await database
            .Set<OpenIddictEntityFrameworkCoreApplication>().AsNoTracking()
            .Select(client => new { client.ClientId, client.Properties }).ToListAsync(cancellationToken))
            .ToDictionary(client => client.ClientId!, client => MarkIn(client.Properties), StringComparer.Ordinal);

    /// <summary>The ids of those that are new, changed or gone.</summary>
    private List<string> Changes(Dictionary<string, string?> stored) =>
    [
        .. options.Value.Clients.Where(client => stored.GetValueOrDefault(client.Key) != Mark(client.Value))
            .Select(client => client.Key),
        .. stored.Keys.Where(id => !options.Value.Clients.ContainsKey(id)),
    ];

    private async Task ChangeAsync(
        IOpenIddictApplicationManager manager, string id, CancellationToken cancellationToken)
    {
        var stored = await manager.FindByClientIdAsync(id, cancellationToken);
        if (!options.Value.Clients.TryGetValue(id, out var client))
        {
            await manager.DeleteAsync(stored!, cancellationToken);
        }
        else if (stored is null)
        {
            await manager.CreateAsync(Descriptor(id, client), cancellationToken);
        }
        else
        {
            await manager.UpdateAsync(stored, Descriptor(id, client), cancellationToken);
        }
    }

    private OpenIddictApplicationDescriptor Descriptor(string id, Client client)
    {
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = id,
            ClientType = ClientTypes.Confidential,
            ClientSecret = client.Secret.Length > 0 ? client.Secret : null,
            JsonWebKeySet = client.Keys.Length > 0 ? new JsonWebKeySet(client.Keys) : null,
            // Ours all: nobody has to be asked whether a client of the mall may act for them.
            ConsentType = ConsentTypes.Implicit,
        };
        descriptor.Permissions.Add(Permissions.Endpoints.Token);
        if (client.IsForPeople)
        {
            descriptor.Permissions.UnionWith(
            [
                Permissions.Endpoints.Authorization, Permissions.Endpoints.EndSession,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken,
                Permissions.ResponseTypes.Code,
            ]);
            descriptor.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
        }
        else
        {
            descriptor.Permissions.Add(Permissions.GrantTypes.ClientCredentials);
        }

        descriptor.RedirectUris.UnionWith(Client.Split(client.Redirects).Select(address => new Uri(address)));
        descriptor.PostLogoutRedirectUris.UnionWith(Client.Split(client.SignedOut).Select(address => new Uri(address)));
        descriptor.Properties[MadeFrom] = JsonSerializer.SerializeToElement(Mark(client));
        return descriptor;
    }

    private string Mark(Client client) => sealer.Mark("clients", JsonSerializer.Serialize(client));

    private static string? MarkIn(string? properties)
    {
        if (properties is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(properties);
        return document.RootElement.TryGetProperty(MadeFrom, out var mark) ? mark.GetString() : null;
    }
}

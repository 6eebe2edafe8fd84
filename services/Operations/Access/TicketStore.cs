using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Mpp.Operations.Data;

namespace Mpp.Operations.Access;

/// <summary>
/// Sessions as rows. The browser holds a key that tells nothing; claims and tokens stay here, encrypted. Whoever signs
/// out ends the session for every copy of the cookie.
/// </summary>
internal sealed class TicketStore(
    IServiceScopeFactory scopes, IDataProtectionProvider protection, IOptions<ConsoleOptions> options) : ITicketStore
{
    private readonly IDataProtector _protector = protection.CreateProtector("Mpp.Operations.Sessions");

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OperationsDbContext>();
        database.Sessions.Add(new SessionRow
        {
            Id = Hash(key),
            Subject = ticket.Principal.FindFirstValue("sub") ?? "",
            Ticket = Write(ticket),
            ExpiresAt = Expiry(ticket),
        });
        await database.SaveChangesAsync();
        return key;
    }

    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        var (id, text, expiry) = (Hash(key), Write(ticket), Expiry(ticket));
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<OperationsDbContext>().Sessions.Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.Ticket, text).SetProperty(row => row.ExpiresAt, expiry));
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        var (id, now) = (Hash(key), TimeProvider.System.GetUtcNow());
        await using var scope = scopes.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<OperationsDbContext>().Sessions.AsNoTracking()
            .SingleOrDefaultAsync(session => session.Id == id && session.ExpiresAt > now);
        try
        {
            return row is null ? null : TicketSerializer.Default.Deserialize(_protector.Unprotect(row.Ticket));
        }
        catch (CryptographicException)
        {
            return null; // the keys are others: the person signs in again
        }
    }

    public async Task RemoveAsync(string key)
    {
        var id = Hash(key);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<OperationsDbContext>().Sessions.Where(row => row.Id == id)
            .ExecuteDeleteAsync();
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.ASCII.GetBytes(key));

    private byte[] Write(AuthenticationTicket ticket) =>
        _protector.Protect(TicketSerializer.Default.Serialize(ticket));

    private DateTimeOffset Expiry(AuthenticationTicket ticket) =>
        (ticket.Properties.ExpiresUtc ?? TimeProvider.System.GetUtcNow() + options.Value.SessionLifetime).Kept();
}

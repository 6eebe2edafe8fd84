using System.Security.Claims;

namespace Mpp.Operations.Access;

/// <summary>What somebody at the console is.</summary>
public enum Role
{
    /// <summary>Helps applications of a region on.</summary>
    Operator,

    /// <summary>Sees to the whole mall of a region.</summary>
    HeadOfMall,

    /// <summary>Reads only.</summary>
    Auditor,
}

/// <summary>Who has signed in. Everything that the console shows lies in the person's region.</summary>
/// <param name="Subject">The issuer's name for the person, which stays the same.</param>
/// <param name="Name">As the person is called.</param>
/// <param name="Role">What the person may do here.</param>
/// <param name="Region">Where.</param>
/// <param name="CanAct">Whether the person may help steps on.</param>
public sealed record Person(string Subject, string Name, Role Role, CallerRegion Region, bool CanAct)
{
    public const string RoleClaim = "role";

    /// <summary>The person, or <see langword="null"/> for somebody who has nothing to do here.</summary>
    public static Person? Of(ClaimsPrincipal caller)
    {
        var subject = caller.FindFirstValue("sub");
        var roles = Kebab.Values<Role>();
        var role = caller.FindAll(RoleClaim).Select(claim => claim.Value).Where(roles.ContainsKey)
            .Select(name => (Role?)roles[name]).FirstOrDefault();
        return subject is null || role is null
            ? null
            : new Person(subject, caller.FindFirstValue("name") ?? subject, role.Value, CallerRegion.Of(caller),
                role is not Access.Role.Auditor && caller.HasScope(KnownScopes.ApplicationsOperate));
    }

    /// <summary>The region in whose time moments are shown; that of the capital for somebody who sees all.</summary>
    public RegionCode Clock => Region.Region ?? RegionCode.Parse("31");

    /// <summary>Binds the parameter of an endpoint that only such people reach.</summary>
    public static ValueTask<Person?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context.User));
}

using Mpp.Contracts;
using Mpp.Identity.Roles;

namespace Mpp.Identity.Accounts;

/// <summary>The people of the configuration section <c>Identity</c>.</summary>
internal sealed class PeopleOptions
{
    /// <summary>User name → person. Whoever is taken out can no longer sign in.</summary>
    public Dictionary<string, Person> People { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>A person as the configuration has it.</summary>
internal sealed class Person
{
    /// <summary>The password that the account is made with. An account that is there keeps the one it has.</summary>
    public string Password { get; set; } = "";

    /// <summary>What pages call the person.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary><c>operator</c>, <c>head-of-mall</c>, <c>auditor</c> or <c>officer</c>.</summary>
    public string Role { get; set; } = "";

    /// <summary>Where the person may act: a Kemendagri code, or <c>*</c>.</summary>
    public string Region { get; set; } = "";

    /// <summary>The agency whose office it is, by its code; officers have one, and nobody else.</summary>
    public string? Office { get; set; }

    /// <summary>Whether it is somebody of the sandbox, whose password is printed. Refused in Production.</summary>
    public bool Sandbox { get; set; }
}

internal sealed class PeopleOptionsValidator(IHostEnvironment environment) : IValidateOptions<PeopleOptions>
{
    private const int LongestName = 100;

    public ValidateOptionsResult Validate(string? name, PeopleOptions options)
    {
        var faults = options.People.SelectMany(person => Faults($"Identity:People:{person.Key}", person)).ToList();
        if (environment.IsProduction()
            && options.People.Where(person => person.Value.Sandbox).Select(person => person.Key).ToList()
                is { Count: > 0 } sandbox)
        {
            faults.Add(
                $"Identity:People has {string.Join(", ", sandbox.Order(StringComparer.Ordinal))} of the sandbox, but"
                + " the environment is Production: sandbox people never sign in there. Remove them.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(string key, KeyValuePair<string, Person> named)
    {
        var person = named.Value;
        if (TextRule.Fault(named.Key, LongestName) is not null || named.Key.Any(char.IsWhiteSpace))
        {
            yield return $"{key}: a user name has 1 to {LongestName} characters and no spaces.";
        }

        if (person.Password.Length is < Passwords.Shortest or > Passwords.Longest)
        {
            yield return $"{key}:Password must have {Passwords.Shortest} to {Passwords.Longest} characters.";
        }

        if (TextRule.Fault(person.DisplayName, LongestName) is not null || person.DisplayName.Length == 0)
        {
            yield return $"{key}:DisplayName must have 1 to {LongestName} characters.";
        }

        var role = RoleScopes.Parse(person.Role);
        if (role is null)
        {
            yield return $"{key}:Role must be one of "
                + $"{string.Join(", ", Enum.GetValues<Role>().Select(RoleScopes.Name))}.";
        }

        if (person.Region != "*" && !RegionCode.TryParse(person.Region, provider: null, out _))
        {
            yield return $"{key}:Region must be a region code such as 74.02, or *.";
        }

        if (role is not null && (role == Role.Officer) == string.IsNullOrWhiteSpace(person.Office))
        {
            yield return $"{key}:Office is the agency of an officer, and of nobody else.";
        }
    }
}

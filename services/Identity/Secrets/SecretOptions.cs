namespace Mpp.Identity.Secrets;

/// <summary>The secret of the configuration section <c>Identity</c>.</summary>
internal sealed class SecretOptions
{
    public const string Section = "Identity";

    /// <summary>
    /// What protects the keys in the database, and all else that this service hands out and takes back: 32 random
    /// characters or more, the same for all copies. With another one nobody is signed in any more, and the keys in the
    /// database cannot be read.
    /// </summary>
    public string KeySecret { get; set; } = "";

    public static string? Fault(string secret) => secret.Length >= 32
        ? null
        : "Identity:KeySecret is missing or short. Set it to 32 random characters or more, "
            + "the same for all copies of the service.";
}

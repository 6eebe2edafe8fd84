using System.Reflection;
using Mpp.Contracts;

namespace Mpp.Hosting.Problems;

/// <summary>What can be wrong with a field or a parameter. Stable: programs compare it.</summary>
public static class ErrorCodes
{
    /// <summary>It is not there, and must be.</summary>
    public const string Missing = "missing";

    /// <summary>There is no such field.</summary>
    public const string UnknownField = "unknown-field";

    /// <summary>There is no such query parameter.</summary>
    public const string UnknownParameter = "unknown-parameter";

    /// <summary>It is there more than once.</summary>
    public const string DuplicateField = "duplicate-field";

    /// <summary>It is null, and cannot be.</summary>
    public const string Null = "null";

    /// <summary>It is of another type.</summary>
    public const string WrongType = "wrong-type";

    /// <summary>It is not one of the possible values.</summary>
    public const string UnknownValue = "unknown-value";

    /// <summary>It does not have the expected form.</summary>
    public const string InvalidFormat = "invalid-format";

    /// <summary>It is no text, or its length or its characters are not allowed.</summary>
    public const string InvalidText = "invalid-text";

    /// <summary>It is no date or moment, or an impossible one.</summary>
    public const string InvalidDate = "invalid-date";

    /// <summary>It cannot be a NIK.</summary>
    public const string InvalidNik = "invalid-nik";

    /// <summary>It cannot be accepted for another reason, which the detail says.</summary>
    public const string Invalid = "invalid";

    /// <summary>The text or list is too short.</summary>
    public const string TooShort = "too-short";

    /// <summary>The text or list is too long.</summary>
    public const string TooLong = "too-long";

    /// <summary>The number is too small.</summary>
    public const string TooSmall = "too-small";

    /// <summary>The number is too large.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The number is outside its limits.</summary>
    public const string OutOfRange = "out-of-range";

    /// <summary>There is no package of this code.</summary>
    public const string UnknownPackage = "unknown-package";

    /// <summary>There is no regency or city of this code.</summary>
    public const string UnknownRegion = "unknown-region";

    /// <summary>The NIK is not that of an owner of the application.</summary>
    public const string NotAnOwner = "not-an-owner";

    /// <summary>The agency did not name this item.</summary>
    public const string OtherItem = "other-item";

    /// <summary>Other items are answered than the agency named.</summary>
    public const string OtherItems = "other-items";

    /// <summary>An item that the agency named is not answered.</summary>
    public const string MissingItems = "missing-items";

    /// <summary>The refused part does not read this.</summary>
    public const string NotInThisPart = "not-in-this-part";

    /// <summary>It is changed twice.</summary>
    public const string Repeated = "repeated";

    /// <summary>What it would change has been erased.</summary>
    public const string Erased = "erased";

    /// <summary>Another amount is due.</summary>
    public const string WrongAmount = "wrong-amount";

    /// <summary>The time lies in the future.</summary>
    public const string InTheFuture = "in-the-future";

    /// <summary>The time lies before the bill was made.</summary>
    public const string BeforeTheBill = "before-the-bill";

    /// <summary>The time lies before the payment.</summary>
    public const string BeforeThePayment = "before-the-payment";

    /// <summary>A text names somebody, and must not.</summary>
    public const string PersonalData = "personal-data";

    /// <summary>Exactly one of several is to be given.</summary>
    public const string OneOf = "one-of";

    /// <summary>The clock only moves forward.</summary>
    public const string NotForward = "not-forward";

    /// <summary>The clock does not move so far.</summary>
    public const string TooFar = "too-far";

    /// <summary>Every code.</summary>
    public static IReadOnlyList<string> All { get; } = [.. typeof(ErrorCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!)
        // The faults of the rule for all texts.
        .Union(Kebab.Values<TextFault>().Keys)];
}

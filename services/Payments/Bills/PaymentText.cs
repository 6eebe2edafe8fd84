using System.Text.RegularExpressions;

namespace Mpp.Payments.Bills;

/// <summary>References of banks.</summary>
internal static partial class PaymentText
{
    public const int LongestReference = 64;
    public const string ReferenceForm = "^[A-Za-z0-9._/:-]{1,64}$";

    public static FieldError ReferenceFault { get; } = new("/reference", ErrorCodes.InvalidFormat,
        "1 to 64 letters, digits and the characters - . _ / and : are expected.");

    // $ also lets a line break at the end through; the rule for all texts does not.
    [GeneratedRegex(ReferenceForm, RegexOptions.None, 100)]
    public static partial Regex Reference();
}

using System.ComponentModel;
using System.Reflection;

namespace Mpp.Hosting.Auth;

/// <summary>
/// The scopes of the mall's interface. The published document takes them, and what they allow, from here.
/// </summary>
public static class KnownScopes
{
    /// <summary>To file and to act for the applicant.</summary>
    [Description("File applications for citizens of the token's region, and act for the applicant")]
    public const string ApplicationsSubmit = "applications.submit";

    /// <summary>To file on somebody's authority.</summary>
    [Description("Name, in `representation`, on whose authority an application is filed for somebody else")]
    public const string ApplicationsRepresent = "applications.represent";

    /// <summary>To read.</summary>
    [Description("Read and follow applications of the token's region")]
    public const string ApplicationsRead = "applications.read";

    /// <summary>To operate.</summary>
    [Description("See the worklist of the token's region and help steps on, for operators")]
    public const string ApplicationsOperate = "applications.operate";

    /// <summary>To read bills.</summary>
    [Description("Read bills by their billing code")]
    public const string PaymentsRead = "payments.read";

    /// <summary>To report payments.</summary>
    [Description("Report payments of bills, for banks")]
    public const string PaymentsRecord = "payments.record";

    /// <summary>To see refunds.</summary>
    [Description("See the refunds that are due, for operators")]
    public const string PaymentsOperate = "payments.operate";

    /// <summary>To record repayments.</summary>
    [Description("Record that a refund was paid back, for operators")]
    public const string PaymentsRefund = "payments.refund";

    /// <summary>To move the sandbox's clock.</summary>
    [Description("Move the clock of the sandbox")]
    public const string SandboxClock = "sandbox.clock";

    /// <summary>To send put-aside messages again.</summary>
    [Description("See and send again messages that were put aside")]
    public const string MessagesOperate = "messages.operate";

    /// <summary>To see the operators' console.</summary>
    [Description("See the operators' console's data")]
    public const string OperationsRead = "operations.read";

    /// <summary>To approve in the operators' console.</summary>
    [Description("Approve what an operator proposes, for heads of malls")]
    public const string OperationsApprove = "operations.approve";

    /// <summary>To decide at an agency.</summary>
    [Description("See and decide the cases of the token's agency office, for officers")]
    public const string AgencyCases = "agency.cases";

    /// <summary>Each scope, with what it allows.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = typeof(KnownScopes)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
        .ToDictionary(field => (string)field.GetRawConstantValue()!,
            field => field.GetCustomAttribute<DescriptionAttribute>()!.Description, StringComparer.Ordinal);
}

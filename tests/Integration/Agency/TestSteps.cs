using System.Text.Json;
using Mpp.Contracts;
using Mpp.Contracts.Steps;

namespace Mpp.Integration.Agency;

/// <summary>Steps to ask agencies for.</summary>
internal static class TestSteps
{
    private static readonly RegionCode Konawe = RegionCode.Parse("74.02");

    /// <summary>A new piece of work for a service.</summary>
    /// <param name="service"><c>agency/service</c>; the part after the slash is the step's id.</param>
    /// <param name="inputs">An object, written with camel-case names.</param>
    public static StepRequest New(string service, object inputs) => new()
    {
        Step = new StepRef(Guid.CreateVersion7(), service[(service.IndexOf('/', StringComparison.Ordinal) + 1)..], 1),
        ApplicationNumber = ApplicationNumber.New(Konawe, new DateOnly(2026, 11, 22)),
        Service = service,
        Region = Konawe,
        Channel = "electronic",
        Inputs = JsonSerializer.SerializeToElement(inputs, JsonSerializerOptions.Web),
    };

    /// <summary>A question about a service.</summary>
    public static CheckPreconditions Question(string service, object inputs) =>
        new()
        {
            Service = service,
            Region = Konawe,
            Client = "portal",
            Inputs = JsonSerializer.SerializeToElement(inputs, JsonSerializerOptions.Web)
        };

    public static CancelStep Cancel(StepRequest step) =>
        new() { Step = step.Step, Service = step.Service, Reason = "cancelled-by-applicant" };
}

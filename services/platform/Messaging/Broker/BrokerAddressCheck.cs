using Microsoft.Extensions.Configuration;
using Mpp.Hosting.Start;

namespace Mpp.Messaging.Broker;

/// <summary>
/// Looks at the broker's address when the service starts, and at no other time: a service that only migrates needs
/// none.
/// </summary>
internal sealed class BrokerAddressCheck(IConfiguration configuration) : IValidateOptions<BrokerAddressCheck.AtStart>
{
    public ValidateOptionsResult Validate(string? name, AtStart options)
    {
        try
        {
            BrokerAddress.Parse(configuration.GetConnectionString(BrokerAddress.ConnectionString));
            return ValidateOptionsResult.Success;
        }
        catch (StartException exception)
        {
            return ValidateOptionsResult.Fail(exception.Message);
        }
    }

    internal sealed class AtStart;
}

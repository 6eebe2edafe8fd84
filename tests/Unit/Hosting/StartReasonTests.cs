using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Mpp.Hosting.Database;
using Mpp.Hosting.Start;
using Shouldly;

namespace Mpp.Unit.Hosting;

public sealed class StartReasonTests
{
    [Fact]
    public void Every_fault_of_the_configuration_is_a_line() => StartReasons.Of(new AggregateException(
        new OptionsValidationException("a", typeof(object), ["A is missing.", "B is wrong."]),
        new OptionsValidationException("c", typeof(object), ["C is missing."])))
        .ShouldBe(["A is missing.", "B is wrong.", "C is missing."]);

    [Fact]
    public void A_port_in_use_is_a_line_with_the_mend() =>
        StartReasons.Of(new IOException("Failed to bind to address http://127.0.0.1:80: address already in use.",
            new AddressInUseException("in use")))
            .ShouldHaveSingleItem().ShouldContain("ASPNETCORE_URLS");

    [Fact]
    public void A_fault_of_ours_keeps_its_stack_trace() =>
        StartReasons.Of(new InvalidOperationException("bug")).ShouldBeEmpty();

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("", "is missing")]
    [InlineData("Host=db", "must name Host and Database")]
    [InlineData("Host=db;Database=x;Colour=red;Password=hunter2", "not a PostgreSQL connection string")]
    public void A_bad_connection_string_is_named_and_not_shown(string? connectionString, string reason)
    {
        var fault = DatabaseSetup.Fault(connectionString).ShouldNotBeNull();

        fault.ShouldStartWith("ConnectionStrings:Database");
        fault.ShouldContain(reason);
        fault.ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_good_connection_string_has_no_fault() =>
        DatabaseSetup.Fault("Host=db;Database=mpp_police;Username=mpp_police;Password=secret").ShouldBeNull();
}

using Mpp.Support.Contract;
using Shouldly;

namespace Mpp.Integration.Gateway;

public sealed class ContractProxyTests
{
    [Fact]
    public async Task An_answer_that_the_document_does_not_know_is_told()
    {
        await using var service = await StubService.StartAsync();
        await using var proxy = await ContractProxy.StartAsync(new Uri(service.Address));
        using var client = new HttpClient();

        // The stub answers 204, and no package ever does.
        using var answer = await client.GetAsync($"{proxy.Address}/v1/packages");

        answer.IsSuccessStatusCode.ShouldBeFalse();
        proxy.Passed.ShouldBe(1);
        proxy.Faults.ShouldHaveSingleItem().ShouldContain("ListPackages 204");
    }
}

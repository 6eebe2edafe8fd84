using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Mpp.Gateway.Edge;
using Shouldly;

namespace Mpp.Unit.Gateway;

public sealed class WholeBodyTests
{
    [Fact]
    public async Task A_body_that_does_not_come_in_the_time_of_the_route_goes_nowhere()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var context = Context(new Pipe().Reader.AsStream(), timeout.Token);
        context.Features.Set<IHttpRequestTimeoutFeature>(new Timeout(timeout.Token));

        await new WholeBody(_ => throw new InvalidOperationException("It went on.")).InvokeAsync(context);

        context.Response.StatusCode.ShouldBe(StatusCodes.Status408RequestTimeout);
        context.Response.ContentType.ShouldBe("application/problem+json");
        context.Response.Body.Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_caller_who_has_gone_is_answered_nothing()
    {
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var context = Context(new Pipe().Reader.AsStream(), gone.Token);

        await Should.ThrowAsync<OperationCanceledException>(
            () => new WholeBody(_ => Task.CompletedTask).InvokeAsync(context));
    }

    [Fact]
    public async Task A_whole_body_is_there_to_be_read()
    {
        var read = "";
        var context = Context(new MemoryStream("{}"u8.ToArray()), CancellationToken.None);

        await new WholeBody(async c => read = await new StreamReader(c.Request.Body).ReadToEndAsync())
            .InvokeAsync(context);

        read.ShouldBe("{}");
    }

    private static DefaultHttpContext Context(Stream body, CancellationToken aborted)
    {
        var context = new DefaultHttpContext { RequestAborted = aborted };
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new Detected());
        context.Request.Body = body;
        context.Response.Body = new MemoryStream();
        return context;
    }

    private sealed class Detected : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }

    private sealed record Timeout(CancellationToken RequestTimeoutToken) : IHttpRequestTimeoutFeature
    {
        public void DisableTimeout()
        {
        }
    }
}

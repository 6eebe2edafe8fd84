using System.Diagnostics;
using Mpp.Local.Processes;

namespace Mpp.Local;

/// <summary>A service as a process that is started again when it dies.</summary>
internal sealed class ServiceProcess(
    MallService service, DataFolder data, IReadOnlyDictionary<string, string> environment, Uri address,
    TimeSpan stopLimit, IProgress<LocalProgress>? progress) : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DownLimit = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
    private readonly CancellationTokenSource _stopping = new();
    private Child? _child;
    private Task _supervision = Task.CompletedTask;
    private TaskCompletionSource? _down;
    private TimeSpan _cpuOfTheDead;

    public string Name => service.Name;

    public Uri Address => address;

    public IReadOnlyDictionary<string, string> Environment => environment;

    public int Restarts { get; private set; }

    public TimeSpan CpuTime => _cpuOfTheDead + (_child?.CpuTime ?? TimeSpan.Zero);

    /// <summary>
    /// Starts the process and returns when the service says that it is ready. When the process exits before that, the
    /// error shows the end of its log.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        progress?.Report(new LocalProgress(Name, "starting"));
        var clock = Stopwatch.StartNew();
        _child = await LaunchAsync();
        while (!await IsReadyAsync(cancellationToken))
        {
            if (!_child.IsRunning)
            {
                throw new LocalException($"{Name} exited at start with code {await _child.Exited}; "
                    + $"its log {data.LogFile(Name)} ends with: {_child.LogTail}");
            }
            if (clock.Elapsed > ReadyLimit)
            {
                throw new LocalException($"{Name} was not ready after {ReadyLimit.TotalSeconds:0} s; "
                    + $"its log {data.LogFile(Name)} ends with: {_child.LogTail}");
            }
            await Task.WhenAny(_child.Exited, Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
        progress?.Report(new LocalProgress(Name, string.Create(CultureInfo.InvariantCulture,
            $"ready on {address.Authority} after {clock.Elapsed.TotalSeconds:0.0} s"), Done: true));
        _supervision = SuperviseAsync();
    }

    /// <summary>SIGKILL; the supervision starts the service again.</summary>
    public async Task KillAsync()
    {
        if (_child is { IsRunning: true } child)
        {
            _cpuOfTheDead += child.CpuTime;
            await child.KillAsync();
        }
    }

    /// <summary>Lets the service finish what it has in hand and keeps it away until <see cref="BringUp"/>.</summary>
    public Task TakeDownAsync()
    {
        _down ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _child?.StopAsync(Signal.Terminate, DownLimit) ?? Task.CompletedTask;
    }

    /// <summary>The supervision starts it again.</summary>
    public void BringUp() => Interlocked.Exchange(ref _down, null)?.SetResult();

    public void Send(Signal signal)
    {
        if (_child is { IsRunning: true } child)
        {
            Signals.Send(child.Pid, signal);
        }
    }

    /// <summary>Lets the service finish what it has in hand, and ends it when that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        BringUp();
        await (_child?.StopAsync(Signal.Terminate, stopLimit) ?? Task.CompletedTask);
        await _supervision;
        // The supervision may have been starting another one.
        await (_child?.KillAsync() ?? Task.CompletedTask);
        _http.Dispose();
        _stopping.Dispose();
    }

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(service.ReadyPath, UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e)
            when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task SuperviseAsync()
    {
        var pause = TimeSpan.FromMilliseconds(250);
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var exitCode = await _child!.Exited;
            if (_stopping.IsCancellationRequested)
            {
                return;
            }
            if (clock.Elapsed > Steady)
            {
                pause = TimeSpan.FromMilliseconds(250);
            }
            progress?.Report(new LocalProgress(Name, string.Create(CultureInfo.InvariantCulture,
                $"ended with code {exitCode}; again in {pause.TotalSeconds:0.##} s. It said: {_child.LogTail}")));
            await Task.Delay(pause, _stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            await (_down?.Task ?? Task.CompletedTask);
            if (_stopping.IsCancellationRequested)
            {
                return;
            }
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            clock.Restart();
            _child = await LaunchAsync();
            Restarts++;
        }
    }

    private Task<Child> LaunchAsync()
    {
        var (file, arguments, folder) = service.Command;
        return Child.StartAsync(new ChildStart
        {
            Name = Name,
            File = file,
            Arguments = arguments,
            Environment = environment,
            Folder = folder,
            LogFile = data.LogFile(Name),
            PidFile = data.PidFile(Name),
        });
    }
}

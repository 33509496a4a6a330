using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GitOpsGen.Registry.Tests.Servers;

/// <summary>An HTTP/1.1 server on 127.0.0.1 that says what a test tells it to, wrong things too.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Request> requests = new();
    private readonly ConcurrentDictionary<TcpClient, bool> clients = new();
    private int running;
    private int answered;

    public LoopbackServer(Func<Request, Response> answer)
    {
        Answer = answer;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public Func<Request, Response> Answer { get; set; }

    public int Port { get; }

    public string Host => $"127.0.0.1:{Port}";

    /// <summary>After how many requests the server dies, connections and all.</summary>
    public int DiesAfter { get; init; } = int.MaxValue;

    public IReadOnlyList<Request> Requests => [.. requests];

    /// <summary>How many requests were in work at once, at most.</summary>
    public int MostAtOnce { get; private set; }

    public void Dispose()
    {
        Die();
        stop.Dispose();
    }

    private void Die()
    {
        if (stop.IsCancellationRequested)
            return;
        stop.Cancel();
        listener.Stop();
        foreach (var client in clients.Keys)
            client.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                clients[client] = true;
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                var stream = client.GetStream();
                await using var input = new BufferedStream(stream);
                while (await ReadAsync(input) is { } request && await ReplyAsync(stream, request)) { }
            }
        }
        catch (Exception e)
            when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException) { }
        finally
        {
            clients.TryRemove(client, out _);
        }
    }

    private async Task<bool> ReplyAsync(NetworkStream stream, Request request)
    {
        requests.Enqueue(request);
        if (Interlocked.Increment(ref answered) > DiesAfter)
        {
            Die();
            return false;
        }

        var now = Interlocked.Increment(ref running);
        MostAtOnce = Math.Max(MostAtOnce, now);
        try
        {
            var response = Answer(request);
            await Task.Delay(response.Delay, stop.Token);
            return await SendAsync(stream, request, response);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private async Task<bool> SendAsync(NetworkStream stream, Request request, Response response)
    {
        var length = response.File is { } file ? new FileInfo(file).Length : response.Body.Length;
        string[] head =
        [
            response.FirstLine ?? $"HTTP/1.1 {response.Status} Said",
            response.SaysLength ? $"Content-Length: {length}" : "Connection: close",
            .. response.Headers.Select(header => $"{header.Name}: {header.Value}"),
        ];
        var start = Encoding.Latin1.GetBytes(string.Join("\r\n", [.. head, "", ""]));
        if (response.EndsAfter is { } end)
        {
            byte[] whole = request.Method == "HEAD" ? start : [.. start, .. response.Body];
            await stream.WriteAsync(whole.AsMemory(0, Math.Min(end, whole.Length - 1)), stop.Token);
            return false;
        }

        await stream.WriteAsync(start, stop.Token);
        if (request.Method == "HEAD")
            return true;
        if (response.File is { } path)
        {
            await using var content = File.OpenRead(path);
            await content.CopyToAsync(stream, stop.Token);
            return true;
        }

        var body = response.Body.AsMemory(0, response.CutAfter ?? response.Body.Length);
        for (var at = 0; response.Pause > TimeSpan.Zero && at < body.Length; at += 1024)
        {
            await Task.Delay(response.Pause, stop.Token);
            await stream.WriteAsync(body[at..Math.Min(at + 1024, body.Length)], stop.Token);
        }

        if (response.Pause == TimeSpan.Zero)
            await stream.WriteAsync(body, stop.Token);
        return response.CutAfter is null && response.SaysLength;
    }

    private async Task<Request?> ReadAsync(Stream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head is not [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'])
        {
            if (await stream.ReadAsync(one, stop.Token) == 0)
                return null;
            head.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines[1..]
            .Select(line => line.Split(':', 2))
            .GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => string.Join(',', group.Select(pair => pair[1].Trim())), StringComparer.OrdinalIgnoreCase);
        var body = new byte[
            headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, System.Globalization.CultureInfo.InvariantCulture) : 0
        ];
        await stream.ReadExactlyAsync(body, stop.Token);
        return lines[0].Split(' ') is [var method, var target, ..] ? new(method, target, headers, Encoding.UTF8.GetString(body)) : null;
    }
}

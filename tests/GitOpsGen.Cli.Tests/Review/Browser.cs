using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitOpsGen.Testing;

namespace GitOpsGen.Cli.Tests.Review;

/// <summary>Chromium without a window, driven over the DevTools protocol; one for all tests that share it, started by the first.</summary>
public sealed class Browser : IDisposable
{
    private const string Listening = "DevTools listening on ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempFolder profile = new();
    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> open = new();
    private readonly ConcurrentQueue<JsonNode> events = new();
    private readonly SemaphoreSlim sending = new(1);
    private Process? process;
    private int last;

    /// <summary>What the browser has to say that nobody asked for: all sessions', in order.</summary>
    internal IEnumerable<JsonNode> Events => events;

    /// <summary>A new page that shows a file; skips the test without a browser.</summary>
    /// <param name="path">The file.</param>
    /// <param name="prepare">What to ask of the page before it is loaded.</param>
    internal async Task<BrowserPage> Open(string path, Func<BrowserPage, Task>? prepare = null)
    {
        await Start();
        var target = await Send(null, "Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        var attached = await Send(null, "Target.attachToTarget", new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true });
        var page = new BrowserPage(this, (string)attached["sessionId"]!);
        foreach (var domain in new[] { "Page", "Runtime", "Log", "DOM" })
        {
            await page.Send($"{domain}.enable");
        }

        if (prepare is not null)
        {
            await prepare(page);
        }

        await page.Send("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
        await page.Until("document.readyState === 'complete' && location.protocol === 'file:'");
        return page;
    }

    internal async Task<JsonNode> Send(string? session, string method, JsonObject? parameters)
    {
        var id = Interlocked.Increment(ref last);
        var answer = open[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject
        {
            ["id"] = id,
            ["method"] = method,
            ["params"] = parameters ?? [],
        };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(
                JsonSerializer.SerializeToUtf8Bytes(message),
                WebSocketMessageType.Text,
                endOfMessage: true,
                CancellationToken.None
            );
        }
        finally
        {
            sending.Release();
        }

        var said = await answer.Task.WaitAsync(Patience);
        return said["error"] is { } error ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}") : said["result"]!;
    }

    public void Dispose()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        socket.Dispose();
        sending.Dispose();
        profile.Dispose();
    }

    private async Task Start()
    {
        if (process is not null)
        {
            return;
        }

        Tool.Require("chromium");
        process = Process.Start(
            new ProcessStartInfo(
                "chromium",
                [
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--hide-scrollbars",
                    "--force-color-profile=srgb",
                    "--remote-debugging-port=0",
                    $"--user-data-dir={profile.Path}",
                ]
            )
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith(Listening, StringComparison.Ordinal) == true)
            {
                address.TrySetResult(new(line.Data[Listening.Length..]));
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await socket.ConnectAsync(await address.Task.WaitAsync(Patience), CancellationToken.None);
        _ = Task.Run(Receive);
    }

    private async Task Receive()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        while (socket.State == WebSocketState.Open)
        {
            var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage)
            {
                continue;
            }

            var said = JsonNode.Parse(message.ToArray())!;
            message.SetLength(0);
            if (said["id"] is { } id && open.TryRemove((int)id, out var waiting))
            {
                waiting.SetResult(said);
            }
            else
            {
                events.Enqueue(said);
            }
        }
    }
}

/// <summary>A page in a <see cref="Browser"/>.</summary>
/// <param name="browser">The browser.</param>
/// <param name="session">The session that is about this page.</param>
internal sealed class BrowserPage(Browser browser, string session)
{
    private static readonly string[] Complaints =
    [
        "Runtime.consoleAPICalled",
        "Runtime.exceptionThrown",
        "Log.entryAdded",
        "Page.javascriptDialogOpening",
    ];

    /// <summary>Whatever stands in the console, errors of the policy and of scripts included, and dialogs.</summary>
    public IEnumerable<string> Console =>
        browser
            .Events.Where(said => (string?)said["sessionId"] == session && Complaints.Contains((string?)said["method"]))
            .Select(said => said.ToJsonString());

    public Task<JsonNode> Send(string method, JsonObject? parameters = null) => browser.Send(session, method, parameters);

    /// <summary>The value of a JavaScript expression; of a promise, what it gives.</summary>
    public async Task<JsonNode?> Evaluate(string script)
    {
        var result = await Send(
            "Runtime.evaluate",
            new JsonObject
            {
                ["expression"] = script,
                ["returnByValue"] = true,
                ["awaitPromise"] = true,
            }
        );
        return result["exceptionDetails"] is { } failed
            ? throw new InvalidOperationException($"{script}: {failed.ToJsonString()}")
            : result["result"]!["value"];
    }

    public async Task<T> Evaluate<T>(string script) => (await Evaluate(script)).Deserialize<T>()!;

    /// <summary>Waits until an expression is true.</summary>
    public async Task Until(string script)
    {
        var watch = Stopwatch.StartNew();
        while (!await Evaluate<bool>(script))
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException(script);
            }

            await Task.Delay(10);
        }
    }

    /// <summary>A screen of a size; the height is that of the viewport.</summary>
    public Task Size(int width, int height) =>
        Send(
            "Emulation.setDeviceMetricsOverride",
            new JsonObject
            {
                ["width"] = width,
                ["height"] = height,
                ["deviceScaleFactor"] = 1,
                ["mobile"] = false,
            }
        );

    /// <summary><c>light</c> or <c>dark</c>, on a screen or on paper.</summary>
    public Task Media(string scheme, string medium = "screen") =>
        Send(
            "Emulation.setEmulatedMedia",
            new JsonObject
            {
                ["media"] = medium,
                ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
            }
        );

    /// <summary>Presses and lets go of a key.</summary>
    public async Task Press(string key, int code, string? text = null)
    {
        foreach (var type in new[] { text is null ? "rawKeyDown" : "keyDown", "keyUp" })
        {
            var parameters = new JsonObject
            {
                ["type"] = type,
                ["key"] = key,
                ["code"] = key,
                ["windowsVirtualKeyCode"] = code,
            };
            if (text is not null && type == "keyDown")
            {
                parameters["text"] = text;
            }

            await Send("Input.dispatchKeyEvent", parameters);
        }
    }

    /// <summary>Clicks into the middle of an element with the mouse.</summary>
    public async Task Click(string selector)
    {
        var place = await Evaluate<double[]>(
            $"(() => {{ const e = document.querySelector({JsonSerializer.Serialize(selector)}); e.scrollIntoView({{ block: 'center' }}); const b = e.getBoundingClientRect(); return [b.x + Math.min(b.width / 2, 20), b.y + b.height / 2]; }})()"
        );
        foreach (var type in new[] { "mousePressed", "mouseReleased" })
        {
            await Send(
                "Input.dispatchMouseEvent",
                new JsonObject
                {
                    ["type"] = type,
                    ["x"] = place[0],
                    ["y"] = place[1],
                    ["button"] = "left",
                    ["clickCount"] = 1,
                }
            );
        }
    }

    /// <summary>What is seen, as PNG; with everything below the screen if that is asked for.</summary>
    public async Task<byte[]> Screenshot(bool whole = false) =>
        Convert.FromBase64String(
            (string)
                (
                    await Send(
                        "Page.captureScreenshot",
                        new JsonObject
                        {
                            ["format"] = "png",
                            ["captureBeyondViewport"] = whole,
                            ["optimizeForSpeed"] = false,
                        }
                    )
                )["data"]!
        );
}

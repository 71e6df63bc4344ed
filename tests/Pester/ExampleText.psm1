# The examples of the help, the README and the guides: where they stand, how they are run, and what of their output may differ.
#
# What a block of ```powershell writes stands in a block of ```output after it, to the letter, as a prompt of 76 columns shows it, errors and
# warnings too. A line of three points stands for any lines. In ```text with prompts (PS> ...) each prompt is run, and what follows it is
# what it writes. With APITOOLS_WRITE_DOCS=1 in the environment the tests write what they see into the files.

Set-StrictMode -Version 3.0

if (-not ('ScreenHost' -as [type])) { Add-Type -Path "$PSScriptRoot/../../tools/ScreenHost.cs" }

# A screen of 80 columns, of which Get-Help's indent takes four.
$width = 76

# What is another each time, and what it is compared as. Where one stands in a block, its columns may be as wide as they like.
$volatile = @(
    @{ What = 'the port of a simulator'; Pattern = '(?<=(127\.0\.0\.1|localhost):)\d+'; As = '<port>' }
    @{ What = 'the id of a request or an answer'; Pattern = '\b(req_sim_|chatcmpl-sim-)[0-9a-f]+'; As = '$1<id>' }
    @{ What = 'how long an answer took, under it'; Pattern = '(?<= tokens, )\d+\.\d(?= s\b)'; As = '<seconds>' }
    @{ What = 'a length of time'; Pattern = '\b\d\d:\d\d:\d\d\.\d+'; As = '<duration>' }
    @{ What = 'a date with a time'; Pattern = '\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| ?[+-]\d\d:\d\d)?'; As = '<time>' }
    @{ What = 'a date with a time, as PowerShell shows it'; Pattern = '\b\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d [AP]M( [+-]\d\d:\d\d)?'; As = '<time>' }
    @{ What = 'a date with a time, as a log shows it'; Pattern = '\b\d\d-\d\d \d\d:\d\d:\d\d\b'; As = '<time>' }
    @{ What = 'the milliseconds of a row of Get-ApiLog'; Pattern = '(?<=<time> \w+ +)\d+'; As = '<ms>' }
    @{ What = 'the seconds of a row of ToolHistory'; Pattern = '(?<=\d +[\w-]+\(.*\) +)\d+\.\d\d(?= )'; As = '<seconds>' }
    @{ What = 'the seconds of a row of Get-ApiUsage'; Pattern = '(?<=\d +)\d+\.\d\d(?=\n|$)'; As = '<seconds>' }
    @{ What = 'a version, in a report'; Pattern = '(?m)(?<=^\| (PowerShell|\.NET|System) \| ).+(?= \|$)'; As = '<version>' }
    @{ What = 'the number of a process'; Pattern = '(?<=\bprocess )\d+'; As = '<number>' }
)

<#
.SYNOPSIS
Gives the examples of a file: those of a page one by one, a guide's as one, since its reader goes from beginning to end.
.DESCRIPTION
A block has Path, Line (of its fence, from 0), EndLine, Fence, Language, Lines, and Shown: the block of output after it, or none.
#>
function Get-Example([IO.FileInfo] $File, [switch] $Page) {
    $lines = (Get-Content $File -Raw) -replace "`r" -split "`n"
    $blocks = [Collections.Generic.List[object]]::new()
    $title = 'from beginning to end'
    $section = ''
    $open = $null
    for ($i = 0; $i -lt $lines.Count; $i++) {
        if ($open) {
            if ($lines[$i] -ne $open.Fence) { $open.Lines += $lines[$i]; continue }
            $open.EndLine = $i
            if ($open.Language -ne 'output') { $blocks.Add($open) }
            elseif ($blocks.Count) { $blocks[-1].Shown = $open }
            $open = $null
        }
        elseif ($lines[$i] -match '^(`{3,})([^`]*)$') {
            $open = @{ Path = $File.FullName; Title = $title; Section = $section; Line = $i; EndLine = $i; Fence = $Matches[1]; Language = $Matches[2].Trim(); Lines = @(); Shown = $null }
        }
        elseif ($lines[$i] -match '^## (.+)$') { $section = $Matches[1] }
        elseif ($Page -and $lines[$i] -match '^### (.+)$') { $title = $Matches[1] }
    }
    $run = $blocks | Where-Object { $_.Language -match '^powershell' -or (Test-Session $_) }
    if ($Page) { $run = $run | Where-Object Section -EQ 'EXAMPLES' }
    # A session is a picture, which stands for itself.
    $run | Group-Object { if (Test-Session $_) { "session in line $($_.Line + 1)" } else { $_.Title } } | ForEach-Object { @{ File = $File.BaseName; Title = $_.Name; IsPage = [bool] $Page; Blocks = $_.Group } }
}

function Test-Session([hashtable] $Block) { $Block.Language -eq 'text' -and $Block.Lines -match '^PS> ' }

<#
.SYNOPSIS
Gives the code of a block.
#>
function Get-ExampleCode([hashtable] $Block) {
    $code = if (Test-Session $Block) { $Block.Lines -match '^(PS>|>>) ' -replace '^(PS>|>>) ' } else { $Block.Lines }
    $code -join "`n"
}

<#
.SYNOPSIS
Gives what a page shows that a block writes. In a session the prompts stand between.
#>
function Get-Shown([hashtable] $Block) {
    if (Test-Session $Block) { $Block.Lines -join "`n" }
    elseif ($Block.Shown) { $Block.Shown.Lines -join "`n" }
}

# Runs what is typed as a prompt runs it: each statement for itself, its output and its errors to the screen.
function Invoke-Statement([powershell] $Shell, [string] $Statement) {
    $Shell.Commands.Clear()
    $null = $Shell.AddScript($Statement).AddCommand('Out-Default')
    $Shell.Commands.Commands[0].MergeMyResults('Error', 'Output')
    $running = $Shell.BeginInvoke()
    if (-not $running.AsyncWaitHandle.WaitOne([timespan]::FromSeconds(30))) { $Shell.Stop(); throw "It did not end within 30 seconds: $Statement" }
    try { $null = $Shell.EndInvoke($running) }
    catch {
        $failure = if ($_.Exception.InnerException -is [Management.Automation.IContainsErrorRecord]) { $_.Exception.InnerException.ErrorRecord } else { $_ }
        $shown = [psobject]::AsPSObject($failure)
        $shown.PSObject.Properties.Add([psnoteproperty]::new('writeErrorStream', $true))
        $Shell.Commands.Clear()
        $null = $Shell.AddCommand('Out-Default').Invoke(@(, $shown))
    }
}

<#
.SYNOPSIS
Runs blocks one after the other in a new runspace. Returns for each its Block, its Text (what was shown) and Errors (how many lines of them).
.PARAMETER Block
The blocks.
.PARAMETER Setup
What is run before.
.PARAMETER Reset
What is run before a block that starts a simulator, as its reader was told to.
.PARAMETER Folder
Where it runs; shown as /home/me.
#>
function Invoke-Example([hashtable[]] $Block, [string] $Setup, [string] $Reset, [string] $Folder) {
    $exampleHost = [ScreenHost]::new($width, $false, 'en-US')
    $runspace = [runspacefactory]::CreateRunspace($exampleHost, [initialsessionstate]::CreateDefault2())
    $shell = [powershell]::Create()
    # Where lines break, and how a date looks, is the culture's; it is the thread's.
    $runspace.ThreadOptions = 'ReuseThread'
    $culture = '[Threading.Thread]::CurrentThread.CurrentCulture = [Threading.Thread]::CurrentThread.CurrentUICulture = [cultureinfo]::GetCultureInfo(''en-US'')'
    $place = [regex]::Escape($Folder) + '[\\/]?'
    try {
        $runspace.Open()
        $shell.Runspace = $runspace
        $null = $shell.AddScript("$culture`n$Setup").Invoke()
        if ($shell.Streams.Error.Count) { throw "The setup failed: $($shell.Streams.Error[0])" }
        $exampleHost.Clear()
        foreach ($one in $Block) {
            if ((Get-ExampleCode $one) -match 'Start-ApiSimulator') { Invoke-Statement $shell $Reset }
            $tokens = $errors = $null
            $statements = [Management.Automation.Language.Parser]::ParseInput((Get-ExampleCode $one), [ref] $tokens, [ref] $errors).EndBlock.Statements
            $text = ''
            $errorLines = 0
            foreach ($statement in $statements) {
                Invoke-Statement $shell $statement.Extent.Text
                $errorLines += $exampleHost.Errors
                if (Test-Session $one) { $text += "PS> $($statement.Extent.Text -replace '\n', "`n>> ")`n" }
                $text += $exampleHost.Text
                $exampleHost.Clear()
            }
            @{ Block = $one; Text = ((Format-Screen $text) -replace "$place(?=\S)", '/home/me/' -replace $place, '/home/me'); Errors = $errorLines }
        }
    }
    finally {
        $shell.Dispose()
        $runspace.Dispose()
    }
}

# As a prompt shows it, without colours, and with one blank line where there are several.
function Format-Screen([string] $Text) {
    $plain = $Text -replace '\x1b\[[0-9;]*[A-Za-z]' -replace "`r" -replace '[ \t]+(?=\n|$)'
    ($plain -replace '\n{3,}', "`n`n").Trim("`n")
}

<#
.SYNOPSIS
Makes of a text what it is compared as: volatile parts by their names.
#>
function ConvertTo-Comparable([string] $Text) {
    $result = $Text
    foreach ($part in $volatile) { $result = $result -replace $part.Pattern, $part.As }
    # A column is as wide as its longest value, so where one is volatile, so are the blanks and the rules between columns.
    if ($result -cne $Text) { $result = $result -replace '(?<=\S) {2,}(?=\S)', ' ' -replace '-{2,}', '--' -replace '(?m)^ +' }
    $result
}

<#
.SYNOPSIS
Tells whether a text is what a page shows under a block, a line of three points there standing for any lines.
#>
function Test-Shown([hashtable] $Block, [string] $Text) {
    $shown = Get-Shown $Block
    # A stream shows as it comes where the tests run on a terminal, and else as a whole, which breaks its lines between words.
    if ((Get-ExampleCode $Block) -match ' -Stream\b') { $shown, $Text = $shown, $Text -replace '\s+', ' ' }
    $pattern = [regex]::Escape((ConvertTo-Comparable $shown)) -replace '(?<=^|\\n)\\\.\\\.\\\.(\\n|$)', '(?:.*\n?)*?'
    (ConvertTo-Comparable $Text) -cmatch "^$pattern$"
}

<#
.SYNOPSIS
Writes what blocks of one file were seen to write under them, and takes away what is not true any more.
#>
function Set-Shown([string] $Path, [object[]] $Result) {
    $lines = [Collections.Generic.List[string]] ((Get-Content $Path -Raw) -replace "`r" -split "`n")
    foreach ($one in $Result | Sort-Object { $_.Block.Line } -Descending) {
        $block = $one.Block
        if (Test-Shown $block $one.Text) { continue }
        $first, $last = if (Test-Session $block) { ($block.Line + 1), ($block.EndLine - 1) } elseif ($block.Shown) { $block.Shown.Line, $block.Shown.EndLine } else { ($block.EndLine + 1), $block.EndLine }
        $new = @($one.Text -split "`n")
        if (-not (Test-Session $block)) {
            # A fence is longer than any that it holds.
            $fence = '```'
            while ($new -match "^$fence") { $fence += '`' }
            if ($one.Text) { $new = @("${fence}output") + $new + $fence } else { $new = @() }
            if ($block.Shown) { if (-not $one.Text) { $first-- } } else { $new = @('') + $new }
        }
        $lines.RemoveRange($first, $last - $first + 1)
        $lines.InsertRange($first, [string[]] $new)
    }
    [IO.File]::WriteAllText($Path, $lines -join "`n")
}

Export-ModuleMember -Function Get-Example, Get-ExampleCode, Get-Shown, Invoke-Example, Test-Shown, Set-Shown

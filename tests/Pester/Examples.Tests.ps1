# Every block of PowerShell in the help, the README and the guides: what it names exists, it runs, against the simulator, and it writes what
# the page shows under it.
#
# A page's example runs in a fresh runspace, in a folder with what is in samples/, with a simulator running and connected, which stops where
# a block starts one itself; where it reads $Error[0], a call has just failed. It must show no error, and its page all that it writes. After
# ```powershell may stand
#   errors   it shows errors, and has to;
#   no-run   it is not run (it asks, waits or needs a real service), but what it names must exist all the same.
# The blocks of a guide run one after the other, as somebody who reads it would type them; a guide may leave out what they write. A session
# (```text with PS> in it) runs for itself.

BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    Import-Module "$PSScriptRoot/ExampleText.psm1"

    $pages = Get-Item "$root/docs/en-US/*.md" | ForEach-Object { Get-Example $_ -Page }
    $guides = Get-Item "$root/README.md", "$root/CONTRIBUTING.md", "$root/docs/about_*.md" | ForEach-Object { Get-Example $_ }
    $all = @($pages) + @($guides)
    foreach ($example in $all) { $example.Run = @($example.Blocks | Where-Object Language -NotMatch 'no-run') }
}

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    Import-Module "$root/out/ApiTools"
    Import-Module "$PSScriptRoot/ExampleText.psm1"
    $seen = [Collections.Generic.List[object]]::new()

    # Runs blocks in a copy of the samples.
    function Invoke-Block([hashtable[]] $Block) {
        # A short path: where it stands in a list, the list is broken where that of /home/me would be, or a few columns later.
        do { $folder = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid().ToString('N').Substring(0, 3)) } while (Test-Path $folder)
        Copy-Item "$root/samples" $folder -Recurse
        $code = ($Block | ForEach-Object { Get-ExampleCode $_ }) -join "`n"
        $setup = "Import-Module '$root/out/ApiTools'; Set-Location '$folder'; Start-ApiSimulator; Connect-ApiService -Simulator`n"
        if ($code -match '\$Error\[0\]') { $setup += "Invoke-ApiChat 'Hello' -Temperature 3 -ErrorAction SilentlyContinue`n" }
        try { Invoke-Example $Block -Setup $setup -Reset 'Stop-ApiSimulator -ErrorAction Ignore; Disconnect-ApiService -ErrorAction Ignore' -Folder $folder }
        finally {
            # The simulator and the connections are the process's, not the runspace's.
            Get-ApiConnection -ErrorAction Ignore | Disconnect-ApiService -ErrorAction Ignore
            Stop-ApiSimulator -ErrorAction Ignore
            Remove-Item $folder -Recurse
        }
    }
}

AfterAll {
    if ($env:APITOOLS_WRITE_DOCS -eq '1') { $seen | Group-Object { $_.Block.Path } | ForEach-Object { Set-Shown $_.Name $_.Group } }
    Remove-Module ExampleText
}

Describe '<File>: <Title>' -ForEach $all {
    It 'names only what exists' {
        foreach ($block in $Blocks) {
            $tokens = $errors = $null
            $ast = [Management.Automation.Language.Parser]::ParseInput((Get-ExampleCode $block), [ref] $tokens, [ref] $errors)
            $errors | Should -BeNullOrEmpty
            foreach ($call in $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                $command = Get-Command "$($call.GetCommandName())" -Module ApiTools -ErrorAction Ignore
                if ($call.GetCommandName() -match '-Api' ) { $command | Should -Not -BeNullOrEmpty -Because "$call names a cmdlet of ApiTools" }
                if (-not $command) { continue }
                if ($command.CommandType -eq 'Alias') { $command = $command.ResolvedCommand }
                foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] }) {
                    $command.Parameters.Keys | Should -Contain $parameter.ParameterName -Because "$call names it"
                }
            }
        }
    }

    It 'reads at 80 columns, of which Get-Help takes four' -Skip:(-not $IsPage) {
        # A long text, such as JSON, stays in one piece.
        foreach ($line in $Blocks.Lines -replace "('[^']{40,}'|`"[^`"]{40,}`")", '...' -notmatch '^\W*\{?"') { $line.Length | Should -BeLessOrEqual 76 -Because $line }
    }

    It 'shows no output of what is not run' {
        $Blocks | Where-Object { $_.Language -match 'no-run' -and $_.Shown } | Should -BeNullOrEmpty
    }

    Context 'run' -Skip:(-not $Run) {
        BeforeAll {
            if ($Run) { $results = @(Invoke-Block $Run) }
            $results | Where-Object { $IsPage -or (Get-Shown $_.Block) } | ForEach-Object { $seen.Add($_) }
        }

        It 'shows errors only where its fence says so' {
            foreach ($result in $results) {
                if ($result.Block.Language -match 'errors') { $result.Errors | Should -BeGreaterThan 0 }
                elseif ($result.Block.Language -ne 'text') { $result.Errors | Should -Be 0 -Because $result.Text }
            }
        }

        # Errors and tables look as PowerShell 7 shows them, paths as they are on Linux and macOS.
        It 'writes what is shown under it' -Skip:($PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows) {
            foreach ($result in $results) {
                $shown = Get-Shown $result.Block
                if (-not $IsPage -and -not $shown) { continue }
                Test-Shown $result.Block $result.Text | Should -BeTrue -Because "this is written:`n$($result.Text)`nand this is shown:`n$shown`nAPITOOLS_WRITE_DOCS=1 writes it into the page"
            }
        }
    }
}
